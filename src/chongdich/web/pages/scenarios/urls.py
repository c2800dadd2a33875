from django.urls import path

from chongdich.web.pages.scenarios.views import acting, answers, files, lists, readiness, resources, starting

_RUN = "kich-ban/lan-chay/<int:run_id>/"

urlpatterns = [
    path("kich-ban/", lists.scenarios, name="scenarios"),
    path("kich-ban/moi/", starting.new, name="scenario_new"),
    path("kich-ban/tep/", starting.from_file, name="scenario_file"),
    path("kich-ban/du-bao/", lists.forecasts, name="forecasts"),
    path("kich-ban/<int:scenario_id>/", answers.scenario, name="scenario"),
    path("kich-ban/<int:scenario_id>/sua/", starting.edit, name="scenario_edit"),
    path("kich-ban/<int:scenario_id>/chay/", acting.run, name="scenario_run"),
    path(_RUN, answers.run, name="run"),
    path(f"{_RUN}tien-do/", answers.progress, name="run_progress"),
    path(f"{_RUN}so-sanh/", answers.compare, name="run_compare"),
    path(f"{_RUN}dung/", acting.cancel, name="run_cancel"),
    path(f"{_RUN}chay-lai/", acting.again, name="run_again"),
    path(f"{_RUN}san-sang/", readiness.readiness, name="run_readiness"),
    path(f"{_RUN}giao-viec/", readiness.give, name="run_give"),
    path(f"{_RUN}phuong-an.<str:form>", files.plan, name="run_plan"),
    path(f"{_RUN}phuong-an/du-thao/", files.draft, name="run_draft"),
    path(f"{_RUN}so-lieu.<str:form>", files.figures, name="run_figures"),
    path("nguon-luc/", resources.listing, name="resources"),
    path("nguon-luc/moi/", resources.new, name="resource_new"),
    path("nguon-luc/nhap/", resources.upload, name="resource_upload"),
    path("nguon-luc/mau.csv", resources.sample, name="resource_sample"),
    path("nguon-luc/<int:resource_id>/", resources.one, name="resource"),
    path("nguon-luc/<int:resource_id>/bo/", resources.remove, name="resource_remove"),
]
