from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from knotwork.core.accounts import services
from knotwork.core.accounts.forms import StartForm


@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, token: str) -> HttpResponse:
    """The host's first sign-in, by the link that the first start printed."""
    decision = services.start_link_decision(token)
    if not decision:
        return render(request, "accounts/start_refused.html", {"reason": decision.reason}, status=403)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = services.use_start_link(token, form.cleaned_data["email"])
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")
    return render(request, "accounts/start.html", {"form": form}, status=422 if form.is_bound else 200)
