-- The Supermetrics create, as wrk sends it.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer my-key"
wrk.body = '{"data_source_id":"ADM","destination_type":"DWH_SNOWFLAKE"}'
