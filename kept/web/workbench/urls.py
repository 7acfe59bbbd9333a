"""The addresses of the workbench."""

from django.urls import path

from kept.web.workbench import views

urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("drafts/new/", views.new_draft, name="workbench_new"),
    path("drafts/<int:number>/", views.draft, name="workbench_draft"),
    path("drafts/<int:number>/explained/", views.explained, name="workbench_explained"),
    path("drafts/<int:number>/preview/", views.preview, name="workbench_preview"),
    path("drafts/<int:number>/adopt/", views.adopt, name="workbench_adopt"),
    path("drafts/<int:number>/approve/", views.approve, name="workbench_approve"),
    path("drafts/<int:number>/withdraw/", views.withdraw, name="workbench_withdraw"),
]
