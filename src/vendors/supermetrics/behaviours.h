// Supermetrics' behaviours: what the data in the contract cannot say, because it computes: lists
// within resources, pages by number, the rows of a query.
#pragma once

#include "engine/behaviour.h"
#include "scenario/play_extension.h"

namespace mockduit::supermetrics {

using Made = Result<std::unique_ptr<const Behaviour>>;

// On top of create and update of an account tag: puts accounts into it, or takes them out, and
// counts them.
Made MakeTagAccounts(const Vendor& vendor, const Operation& operation);
// On top of every effect on a blend: holds its parts against each other, gives its sources ids, and
// wraps its lists as answers have them.
Made MakeBlend(const Vendor& vendor, const Operation& operation);
// On top of `create: custom_field`: names it, and finds its data source in either form of a
// request.
Made MakeCustomField(const Vendor& vendor, const Operation& operation);
// On top of `create: table_group`: finds what is wrong with its tables, and lists their fields.
Made MakeImportTables(const Vendor& vendor, const Operation& operation);
// A list in pages that have numbers, with links to the others.
Made MakeListPages(const Vendor& vendor, const Operation& operation);
// On top of `create: connector_secret`: the answer tells all of the connector's.
Made MakeCreateSecret(const Vendor& vendor, const Operation& operation);
// On top of `create: query`: a query, joined where it runs already, and its rows. On top of `get:
// query`: the rows of one that is done, or how far one is.
Made MakeQueryData(const Vendor& vendor, const Operation& operation);
// The accounts that the logins of a data source see, by login.
Made MakeQueryAccounts(const Vendor& vendor, const Operation& operation);
// The fields of a data source.
Made MakeQueryFields(const Vendor& vendor, const Operation& operation);
// On top of `update: login_link`: the page of a link, where somebody signs in, refuses or goes.
Made MakeLoginPage(const Vendor& vendor, const Operation& operation);
// `rows` of a play: how many rows the query finds.
PlayExtension QueryRows();

}  // namespace mockduit::supermetrics
