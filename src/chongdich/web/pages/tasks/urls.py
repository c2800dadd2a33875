from django.urls import path

from chongdich.web.pages.tasks.views import given, lists, matrix, task, working

urlpatterns = [
    path("nhiem-vu/", lists.my_tasks, name="my_tasks"),
    path("nhiem-vu/cap-duoi/", lists.tasks_below, name="tasks_below"),
    path("nhiem-vu/tat-ca/", given.all_tasks, name="all_tasks"),
    path("nhiem-vu/da-giao/", given.given_tasks, name="given_tasks"),
    path("nhiem-vu/da-giao/tung-viec/", given.given_single, name="given_single"),
    path("nhiem-vu/da-giao/lam/", given.given_act, name="given_act"),
    path("nhiem-vu/da-giao/<int:clause_id>/<int:giver_id>/", given.given_group, name="given_group"),
    path("nhiem-vu/bang/", matrix.matrix, name="matrix"),
    path("nhiem-vu/<int:task_id>/", task.task, name="task"),
    path("nhiem-vu/<int:task_id>/dien-bien/", task.story, name="task_story"),
    path("nhiem-vu/<int:task_id>/bao-cao/", working.report, name="task_report"),
    path("nhiem-vu/<int:task_id>/bao-cao-ky/", working.report_period, name="task_report_period"),
    path("nhiem-vu/<int:task_id>/giao-xuong/", working.pass_down, name="task_pass_down"),
    path("nhiem-vu/<int:task_id>/lam/<slug:deed>/", task.act, name="task_act"),
    path("nhiem-vu/<int:task_id>/bao-cao-tep/<int:file_id>/", task.evidence, name="task_evidence"),
]
