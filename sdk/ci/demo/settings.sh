# shellcheck shell=sh
# What the server must be started with, so that it writes to the GitHub and the mail server of this
# demonstration. Only to them: no other run has anybody to tell.
export GITHUB_API_URL=http://127.0.0.1:18480
export GITHUB_TOKEN=token-of-the-demonstration
export GITHUB_REPOSITORY=shop/tea-front-end
export SMTP_HOST=127.0.0.1
export SMTP_PORT=18425
export SMTP_SECURITY=none
export NOTIFICATION_FROM_EMAIL='RetroSpec <ci@retrospec.example>'
export NOTIFICATION_EMAIL_AUTHOR=false
