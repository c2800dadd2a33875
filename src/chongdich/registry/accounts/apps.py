from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "chongdich.registry.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
