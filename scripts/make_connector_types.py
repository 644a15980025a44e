#!/usr/bin/env python3
"""Writes fixtures/fivetran/connector_types.yaml from Fivetran's published OpenAPI document.

    scripts/make_connector_types.py DOCUMENT services.yaml > connector_types.yaml

Facts alone are taken: names of fields, their types and enums, which are passwords, which only answers have,
and the defaults that a description names, where the field's type or enum allows them. The head of the file
that is there, down to the line `fields:`, is kept by hand; this prints what follows.
"""

import collections
import json
import re
import sys

import yaml

VALUE = r"""(?:`["']?([^`"']+)["']?`|["']?([A-Za-z0-9_+:]+)["']?)"""
DEFAULTS = [re.compile(pattern, re.IGNORECASE) for pattern in (
    r"default value\s*(?:is|:|=)?\s*(?:set to\s*)?" + VALUE,
    VALUE + r"\s*-?\s*\(default\)",
    r"\bdefault:\s*" + VALUE,
    r"\bdefault is " + VALUE,
    r"\bdefaults to\s*" + VALUE,
    VALUE + r" is (?:used by default|the default value)",
    r"by default,? (?:the )?value is set to\s*" + VALUE)]
# What descriptions say in other words, or by another name than the enum's, and which value that is.
PHRASES = [(re.compile(pattern), value) for pattern, value in (
    (r"(?s)`BINLOG`.*This is the default value if no value is specified.*`TELEPORT`", "BINLOG"),
    (r"Whether to sync all user profiles or specific ones\. Default value: `AllAccounts`", "ALL_PROFILES"),
    (r"By default, report format is JSON", "json"),
    (r"By default, we export Google Docs and Slides as \.docx", False),
    (r"By default, we sync the nested columns as JSON", False),
    (r"Default REST API call limit per day: 150,000", 150000),
    (r"Default: `CLICK_7D`, `VIEW_1D`, `INCREMENTALITY`", ["CLICK_7D", "VIEW_1D", "INCREMENTALITY"]),
    (r"Enabled by default", True),
    (r"Options - empty string \(US/default\)", ""),
    (r"The default environment is Sandbox", "Sandbox"),
    (r"Otherwise, `Directly` is used as a value", "Directly"),
    (r"The default value is 7 days", "SEVEN"),
    (r"An empty value defaults to `UTC\+00:00`", "GMT+00:00"),
    (r"we default to `fivetran_sub_<schema>`", "fivetran_sub_{schema}"))]
# Asserted by the tests of Fivetran's client; no description says so.
ASSERTED = {"itunes_connect": {"timeframe_months": "TWELVE", "app_sync_mode": "AllApps"}}
TYPES = {"15five": "HumanResources", "google_ads": "Marketing", "facebook_ad_account": "Marketing"}
NO_DATABASES = re.compile(r"^(airtable|oracle_business_intelligence_publisher|oracle_fusion_.*)$")
SECTIONS = {"databases": "Database", "files": "File", "events": "Events", "functions": "Function"}
WIDTH = 110


def merged(schemas, name, key):
    """The properties of `key` in a schema and all that it is made of."""
    schema = schemas.get(name, {})
    if "$ref" in schema:
        return merged(schemas, schema["$ref"].split("/")[-1], key)
    found = {}
    for part in schema.get("allOf", []):
        found |= merged(schemas, part["$ref"].split("/")[-1], key) if "$ref" in part else {}
    return found | schema.get("properties", {}).get(key, {}).get("properties", {})


def shape(field):
    if "enum" in field:
        return {"one_of": field["enum"]}
    kind = field.get("type", "string")
    if kind == "array":
        return {"list": shape(field.get("items", {}))}
    if kind == "object":
        return {"fields": {name: shape(one) for name, one in field.get("properties", {}).items()}}
    if field.get("format") == "password":
        return "secret"
    return "text" if kind == "string" else kind


def default(field):
    """What its description names as its default, of the field's type."""
    description = field.get("description", "")
    for phrase, value in PHRASES:
        if phrase.search(description):
            return value
    for pattern in DEFAULTS:
        for value in map("".join, pattern.findall(description)):
            if "enum" in field:
                for written in (value, "_".join(value.upper().split())):
                    if written in field["enum"]:
                        return written
            elif field.get("type") == "boolean" and value.lower() in ("true", "false"):
                return value.lower() == "true"
            elif field.get("type") == "integer" and value.isdigit():
                return int(value)
    return None


def defaults(fields, before=""):
    """Those of fields, and of what they are made of, by path: [] is each item of a list."""
    found = {}
    for name, field in fields.items():
        path = before + name
        if default(field) is not None:
            found[path] = default(field)
        found |= defaults(field.get("properties", {}), path + ".")
        found |= defaults(field.get("items", {}).get("properties", {}), path + "[].")
    return found


def type_of(service, fields, format):
    if service in TYPES:
        return TYPES[service]
    if format == "prefix" and not NO_DATABASES.match(service):
        return "Database"
    if format == "schema_table_group" and service != "workday":
        return "File"
    told = re.findall(r"/docs/connectors/(\w+)/", json.dumps(fields))
    return SECTIONS.get(told[0], "API") if told else "API"


def flow(value):
    """JSON, with what needs no quotes in YAML unquoted."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", value)
        reserved = value.lower() in ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
        return value if plain and not reserved else json.dumps(value)
    return json.dumps(value)


def wrapped(text, indent):
    lines, line = [], ""
    for word in text.split(", "):
        if line and len(line) + len(word) + indent > WIDTH:
            lines.append(line + ",")
            line = word
        else:
            line = f"{line}, {word}" if line else word
    return ("\n" + " " * indent).join([*lines, line])


def main():
    schemas = json.load(open(sys.argv[1]))["components"]["schemas"]
    services = yaml.safe_load(open(sys.argv[2]))["services"]
    types, shapes = {}, collections.defaultdict(collections.Counter)
    for service in schemas["NewConnectorRequestV1"]["discriminator"]["mapping"]:
        fields = merged(schemas, service + "_config_V1", "config")
        only = merged(schemas, service + "_readonly_config_V1", "config")
        own = {"type": type_of(service, fields, services[service]["schema"])}
        own["config"] = {name: shape(field) for name, field in fields.items()}
        usual_values = defaults(fields) | ASSERTED.get(service, {})
        if usual_values:
            own["defaults"] = usual_values
        if only:
            own["read_only"] = {name: shape(field) for name, field in only.items()}
        auth = merged(schemas, service + "_auth_V1", "auth")
        if auth:
            own["auth"] = {name: shape(field) for name, field in auth.items()}
        keys = merged(schemas, service + "_esm_keys_config_V1", "external_secrets_keys_config")
        if keys:
            own["keys"] = list(keys)
        types[service] = own
        for part in ("config", "read_only", "auth"):
            for name, one in own.get(part, {}).items():
                shapes[name][json.dumps(one)] += 1
    usual = {name: counts.most_common(1)[0][0] for name, counts in shapes.items()
             if sum(counts.values()) > 1}

    def named(fields):
        """By name alone where the shape is the usual one."""
        return [name if usual.get(name) == json.dumps(one) else {name: one}
                for name, one in fields.items()]

    print("fields:")
    for name in sorted(usual):
        print(f"  {flow(name)}: " + wrapped(flow(json.loads(usual[name])), 4))
    print("\ntypes:")
    for service, own in types.items():
        for part in ("config", "read_only", "auth"):
            if part in own:
                own[part] = named(own[part])
        if own["type"] == "API":
            del own["type"]
        print(f"  {flow(service)}: " + wrapped(flow(own), 4))
    print("\ndestinations:")
    for service in schemas["NewDestinationRequest"]["discriminator"]["mapping"]:
        enums = {name: shape(field)
                 for name, field in merged(schemas, service + "_config_V1", "config").items()
                 if "enum" in field}
        if enums:
            print(f"  {flow(service)}: " + wrapped(flow(named(enums)), 4))


main()
