#!/usr/bin/env bash
# Fuzzes a server by its own description: Tests/Fuzzing/fuzz.sh http://127.0.0.1:8000 [examples an operation]
# Exits with 1 if an answer is a 5xx, contradicts the description, or refuses what the description allows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export SCHEMATHESIS_HOOKS=Tests.Fuzzing.hooks PYTHONDONTWRITEBYTECODE=1
exec .venv/bin/schemathesis run "$1/openapi.json" --phases examples,coverage,fuzzing --max-examples "${2:-3}" --seed 1 \
    --exclude-checks positive_data_acceptance --exclude-path /v1/events --suppress-health-check all \
    --request-timeout 20 --continue-on-failure --generation-database none --warnings off --no-color
