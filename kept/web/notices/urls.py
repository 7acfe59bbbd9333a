"""The addresses of the notices."""

from django.urls import path, register_converter

from kept.web.notices import addresses, views

register_converter(addresses.Day, "day")
register_converter(addresses.ShortHash, "short_hash")
register_converter(addresses.Named, "notice_form")
register_converter(addresses.OnPaper, "notice_paper")

VERSION = "<slug:service>/<day:dated>/<short_hash:short_hash>/"

urlpatterns = [
    path("", views.index, name="notices"),
    path("<slug:service>/", views.notice, name="notice"),
    path("<slug:service>/versions/", views.versions, name="notice_versions"),
    path("<slug:service>/compare/", views.compare, name="notice_compare"),
    path(VERSION, views.version, name="notice_version"),
    path(f"{VERSION}<notice_form:form>/", views.version_in, name="notice_form"),
    path(f"{VERSION}<notice_paper:form>.pdf", views.version_paper, name="notice_paper"),
]
