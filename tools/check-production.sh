#!/bin/sh
# Django's deployment checks under the production settings, with values made for this one run.
set -eu
cd "$(dirname "$0")/.."
key=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))')
field_key=$(.venv/bin/python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
env DJANGO_SETTINGS_MODULE=cms.settings.production DATA_DIR="$folder" SECRET_KEY="$key" FIELD_KEYS="$field_key" \
    ALLOWED_HOSTS=practice.test BASE_URL=https://practice.test DATABASE_URL="sqlite:///$folder/check.sqlite3" \
    EMAIL_URL=smtp://localhost:25 DEFAULT_FROM_EMAIL=office@practice.test \
    .venv/bin/python manage.py check --deploy --fail-level WARNING
