"""The addresses of the workbench."""

from django.urls import path

from kept.web.workbench import views

urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("drafts/new/", views.new_draft, name="workbench_new"),
    path("drafts/<number:number>/", views.draft, name="workbench_draft"),
    path("drafts/<number:number>/explained/", views.explained, name="workbench_explained"),
    path("drafts/<number:number>/preview/", views.preview, name="workbench_preview"),
    path("drafts/<number:number>/adopt/", views.adopt, name="workbench_adopt"),
    path("drafts/<number:number>/approve/", views.approve, name="workbench_approve"),
    path("drafts/<number:number>/withdraw/", views.withdraw, name="workbench_withdraw"),
]
