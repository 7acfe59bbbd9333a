from django.urls import include, path

handler400 = "kept.web.answers.not_read"
urlpatterns = [
    path("", include("kept.web.urls")),
    path("", include("kept.staff.urls")),
]

handler500 = "kept.web.answers.faulty"
