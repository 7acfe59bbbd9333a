"""The pages: a folder of this room for each journey."""

from django.urls import include, path, register_converter

from kept.web.care import views as care
from kept.web.caseload import views as caseload
from kept.web.circumstances import needs, reviews
from kept.web.circumstances import views as circumstances
from kept.web.contact_details import views as contact_details
from kept.web.details import deaths
from kept.web.details import views as details
from kept.web.duplicates import views as duplicates
from kept.web.emergency import views as emergency
from kept.web.family import views as family
from kept.web.letters import views as letters
from kept.web.life_at_risk import views as life_at_risk
from kept.web.looked import family as looked_family
from kept.web.looked import unusual
from kept.web.looked import views as looked
from kept.web.notices_given import views as notices_given
from kept.web.numbers import Number
from kept.web.origins import views as origins
from kept.web.queue import views as queue
from kept.web.record import views as record
from kept.web.restricted import views as restricted
from kept.web.search import views as search
from kept.web.taken_in import views as taken_in

register_converter(Number, "number")

urlpatterns = [
    path("", caseload.start, name="start"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("children/new/", taken_in.take_in, name="take_in"),
    path("children/<uuid:public_id>/", record.record, name="record"),
    path("children/<uuid:public_id>/contacts/new/", record.contact, name="record_contact"),
    path(
        "children/<uuid:public_id>/contacts/<number:number>/correct/", record.correct, name="correct_contact"
    ),
    path("children/<uuid:public_id>/letters/<uuid:to>/", letters.letter, name="letter"),
    path("children/<uuid:public_id>/notice-given/", notices_given.given, name="notice_given"),
    path(
        "children/<uuid:public_id>/contact-details/", contact_details.contact_details, name="contact_details"
    ),
    path("children/<uuid:public_id>/care/", care.care, name="care"),
    path("children/<uuid:public_id>/details/", details.people, name="details_of_whom"),
    path("children/<uuid:public_id>/details/<uuid:about>/", details.details, name="details"),
    path("children/<uuid:public_id>/details/<uuid:about>/died/", deaths.died, name="died"),
    path("children/<uuid:public_id>/family/", family.family, name="family"),
    path("children/<uuid:public_id>/family/add/", family.add, name="family_add"),
    path("children/<uuid:public_id>/family/<uuid:about>/", family.tie, name="family_tie"),
    path("children/<uuid:public_id>/emergency/", emergency.emergency, name="emergency"),
    path("children/<uuid:public_id>/hidden/", restricted.restricted, name="restricted"),
    path("children/<uuid:public_id>/hidden/end/", restricted.end, name="end_restriction"),
    path("children/<uuid:public_id>/why/", origins.why, name="why"),
    path("children/<uuid:public_id>/looked/", looked.looked, name="looked_at"),
    path("children/<uuid:public_id>/looked/family/", looked_family.family, name="looked_family"),
    path("children/<uuid:public_id>/looked/family/<number:number>/", looked_family.view, name="looked_view"),
    path(
        "children/<uuid:public_id>/looked/family/<number:number>/who-has-looked.pdf",
        looked_family.paper,
        name="looked_paper",
    ),
    path("not-yet-told/", notices_given.families, name="not_yet_told"),
    path("search/", search.find, name="search"),
    path("children/<uuid:public_id>/told/", circumstances.told, name="told"),
    path(
        "children/<uuid:public_id>/told/<uuid:about>/<int:number>/",
        reviews.review,
        name=reviews.IN_THIS_SERVICE,
    ),
    path("children/<uuid:public_id>/need/<uuid:about>/", needs.need, name="need"),
    path("children/<uuid:public_id>/safe/", circumstances.safe, name="safe"),
    path(
        "children/<uuid:public_id>/safe/told/",
        circumstances.told,
        {"purpose": circumstances.KEEP_SAFE},
        name="told_safe",
    ),
    path(
        "children/<uuid:public_id>/safe/told/<uuid:about>/<int:number>/",
        reviews.review,
        {"purpose": circumstances.KEEP_SAFE},
        name=reviews.TO_KEEP_SAFE,
    ),
    path("children/<uuid:public_id>/life-at-risk/", life_at_risk.life_at_risk, name="life_at_risk"),
    path("children/<uuid:public_id>/looked/check/", life_at_risk.checked, name="check_openings"),
    path("life-at-risk/", looked.to_check, name="openings_to_check"),
    path("who-has-looked/", looked.looked, name="who_has_looked"),
    path("unusual-looks/", unusual.unusual, name="unusual_looks"),
    path("unusual-looks/check/", unusual.check, name="check_look"),
    path("unusual-looks/staff/<number:account>/", unusual.staff, name="staff_member"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:one>/<uuid:other>/", duplicates.compared, name="compare"),
    path("intake/", queue.queue, name="intake_queue"),
    path("intake/<number:number>/", queue.message, name="intake_message"),
    path("notices/", include("kept.web.notices.urls")),
    path("workbench/", include("kept.web.workbench.urls")),
]
