"""The pages for signing in, and no others of the library's: no sign-up, no reset by email."""

from allauth.account import views as library
from django.urls import include, path

from kept.staff import views

urlpatterns = [
    path("sign-in/", library.login, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("password/confirm/", library.reauthenticate, name="account_reauthenticate"),
    path("password/change/", library.password_change, name="account_change_password"),
    path("second-factor/totp/activate/", views.activate_totp, name="mfa_activate_totp"),
    path("second-factor/webauthn/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("second-factor/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path(
        "second-factor/recovery-codes/generate/",
        views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("second-factor/", include("allauth.mfa.urls")),
]
