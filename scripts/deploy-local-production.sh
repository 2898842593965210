#!/bin/sh
# The product in production mode on this machine: docs/runbook.md, "On one machine".
exec node "$(dirname "$0")/../dev/deploy.mjs" "$@"
