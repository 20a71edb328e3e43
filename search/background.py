"""Background tasks under one name: Django 6 has them as `django.tasks`, until then django-tasks does.

    @task()
    def merge(question_id: int) -> None: ...

    merge.enqueue(question.pk)

Enqueue inside the transaction that causes the task: both happen or neither. Arguments are primary keys. A task may run
twice, and its second run changes nothing.
"""

from django_tasks import TaskResultStatus, task

__all__ = ["TaskResultStatus", "task"]
