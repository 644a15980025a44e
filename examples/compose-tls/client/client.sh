# A client as it runs against Fivetran itself. --retry waits as long as Retry-After says.
curl --fail --silent --show-error --retry 3 --user my-key:my-secret \
  --header 'Accept: application/json;version=2' --header 'Content-Type: application/json' \
  --data '{"group_id": "my_group", "service": "google_sheets",
           "config": {"schema": "numbers", "table": "of_2026"}}' \
  https://api.fivetran.com/v1/connections
