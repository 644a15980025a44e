// What Airweave's calls do that its contracts cannot say: to search, and to tell of deliveries.
#pragma once

#include <memory>

#include "engine/behaviour.h"
#include "http/caller.h"

namespace mockduit::airweave {

using Made = Result<std::unique_ptr<const Behaviour>>;

// A list of collections, each with the source connections that it has.
Made MakeListCollections(const Vendor& vendor, const Operation& operation);
// A search that answers with what it finds.
Made MakeSearch(const Vendor& vendor, const Operation& operation);
// A search that tells of each of its steps.
Made MakeSearchStream(const Vendor& vendor, const Operation& operation);
// A subscription is made: its URL is asked first whether it is there.
Made MakeCreateSubscription(const Operation& operation, const Caller& caller);
// Subscriptions, as they are shown: with their health and, where asked for, what was delivered.
Made MakeShowSubscription(const Vendor& vendor, const Operation& operation);
// A message, where asked for with the attempts to deliver it.
Made MakeShowMessage(const Vendor& vendor, const Operation& operation);
// Sends again what a subscription has missed.
Made MakeRecover(const Vendor& vendor, const Operation& operation);

}  // namespace mockduit::airweave
