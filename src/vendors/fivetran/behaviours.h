// Fivetran's behaviours: what the data in the contract cannot say, because it depends on the
// service or needs another server.
#pragma once

#include "engine/behaviour.h"
#include "http/caller.h"

namespace mockduit::fivetran {

class SharedKnowledge;  // knowledge.h
using Made = Result<std::unique_ptr<const Behaviour>>;

// On top of `create: connection`: checks the service and its schema fields, names the schema, masks
// the secrets, runs the setup tests and makes the Connect Card.
Made MakeCreateConnection(const Vendor& vendor, const Operation& operation,
                          SharedKnowledge& shared);
// On top of `update: connection`: lays `config` over what there is, with its secrets masked, and
// runs the setup tests where they are asked for or where config or auth change.
Made MakeModifyConnection(const Vendor& vendor, const Operation& operation,
                          SharedKnowledge& shared);
// On top of `update: connection`: runs the setup tests.
Made MakeRunSetupTests(const Vendor& vendor, const Operation& operation, SharedKnowledge& shared);
// On top of create and update of a destination: checks what its config says, and runs its setup
// tests, unless it is told not to.
Made MakeKeepDestination(const Vendor& vendor, const Operation& operation, SharedKnowledge& shared);
// On top of `update: destination`: runs its setup tests.
Made MakeTestDestination(const Vendor& vendor, const Operation& operation, SharedKnowledge& shared);
// On top of `create: certificate`: reads from the certificate what its record says.
Made MakeApproveCertificate(const Vendor& vendor, const Operation& operation);
// On top of `update: connection`: makes a Connect Card, which is what the answer shows.
Made MakeConnectCardBehaviour(const Vendor& vendor, const Operation& operation);
// In place of `update: connection`: the page of a Connect Card, and what its buttons do.
Made MakeOpenConnectCard(const Vendor& vendor, const Operation& operation, SharedKnowledge& shared);
// On top of create, update and get of a schema config: lays the body where the path says.
Made MakeSchemaConfig(const Vendor& vendor, const Operation& operation);
// On top of `update: connection`: looks whether the tables that a re-sync names are there.
Made MakeResync(const Vendor& vendor, const Operation& operation);
// In place of `list` and `get: connector_type`.
Made MakeConnectorTypes(const Vendor& vendor, const Operation& operation, SharedKnowledge& shared);
// On top of `update: schema_config`: marks columns that the next sync drops.
Made MakeDropColumns(const Operation& operation);
// On top of create and update of a package of the Connector SDK: takes its file out of the form.
Made MakeSdkPackage(const Operation& operation);
// On top of `list: secrets_entity`: what uses external secrets managers.
Made MakeSecretsEntities(const Operation& operation);
// On top of create and update of a webhook: checks its address, and has it called when it becomes
// active. `caller` must outlive the behaviour.
Made MakeKeepWebhook(const Operation& operation, const Caller& caller);
// On top of `get: webhook`: has it called, and shows how that went.
Made MakeTestWebhook(const Vendor& vendor, const Operation& operation);

}  // namespace mockduit::fivetran
