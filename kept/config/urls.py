from django.urls import include, path

urlpatterns = [
    path("", include("kept.web.urls")),
    path("", include("kept.staff.urls")),
]

handler500 = "kept.web.answers.faulty"
