#include "engine/effect_behaviour.h"

#include <algorithm>

#include "engine/paging.h"

namespace mockduit {
namespace {

using Done = std::expected<Known, Met>;

constexpr int kMaxTries = 50;  // draws of a free id, before the last one is taken

bool IsTrue(const Json& value) {
  return !value.IsNull() && value != Json(false) && value != Json("") && value != Json("false");
}

// By a member, stably: null before all else, then numbers and texts among themselves.
void Sort(Json::Array& items, const std::string& member, bool descending) {
  const auto before = [&](const Json& left, const Json& right) {
    const Json* a = left.AtPath(member);
    const Json* b = right.AtPath(member);
    const bool a_null = a == nullptr || a->IsNull();
    const bool b_null = b == nullptr || b->IsNull();
    if (a_null || b_null) return a_null && !b_null;
    if (a->IsNumber() && b->IsNumber()) return a->AsNumber() < b->AsNumber();
    return a->AsString() < b->AsString();
  };
  std::ranges::stable_sort(items, [&](const Json& left, const Json& right) {
    return descending ? before(right, left) : before(left, right);
  });
}

}  // namespace

// One request's way through its effect.
class EffectBehaviour::Doing {
 public:
  Doing(const EffectBehaviour& behaviour, const Call& call, Session& session, Scope& under)
      : behaviour_(behaviour),
        effect_(behaviour.effect_),
        call_(call),
        session_(session),
        world_(session.WorldAt(call.at, call.scenario)),
        scope_(under) {}

  Done Do() {
    if (auto missing = Missing()) return std::unexpected(std::move(*missing));
    switch (effect_.does) {
      case Effect::Does::kCreate: return Create();
      case Effect::Does::kList: return List();
      default: return OfOne();
    }
  }

 private:
  using Does = Effect::Does;

  const std::string& kind() const { return effect_.which.kind; }

  Met Failure(const OutcomeRef& ref) { return {ref.outcome, ref.variant, scope_.known}; }

  // What the answer's holes are filled from, once all is done.
  Known Shown() {
    scope_.known.result = behaviour_.Show(call_, scope_.known.result, scope_);
    return std::move(scope_.known);
  }

  // Nothing when all that the effect needs is there.
  std::optional<Met> Missing() {
    for (const Effect::Needs& needs : effect_.needs) {
      std::vector<StoredResource> found = Select(needs.which, scope_, world_);
      if (needs.all) {
        Json all = Json::MakeArray();
        for (StoredResource& one : found) all.Append(std::move(one.json));
        scope_.Find(needs.which.kind, std::move(all));
      } else if (!found.empty()) {
        scope_.Find(needs.which.kind, std::move(found.back().json));
      } else if (!needs.absent.outcome.empty()) {
        return Failure(needs.absent);
      }
    }
    return std::nullopt;
  }

  std::optional<Met> Refused() {
    for (const Effect::Refusal& refusal : effect_.refusals) {
      if (!refusal.when.Holds(scope_)) continue;
      if (refusal.there && Select(*refusal.there, scope_, world_).empty()) continue;
      return Failure(refusal.outcome);
    }
    return std::nullopt;
  }

  Done Create() {
    if (auto refused = Refused()) return std::unexpected(std::move(*refused));
    Json resource = effect_.resource.Value(scope_);
    std::string id = NewId(resource);
    if (effect_.taken && session_.store().Has(kind(), id)) {
      scope_.known.result = std::move(resource);
      return std::unexpected(Failure(*effect_.taken));
    }
    return Keep(std::move(id), std::move(resource));
  }

  // An id that was drawn, and is there already, is drawn again.
  std::string NewId(Json& resource) {
    if (effect_.which.by) return effect_.which.by->Text(scope_);
    std::string id = IdOf(resource, effect_.id);
    for (int tries = 0; tries < kMaxTries && session_.store().Has(kind(), id); ++tries) {
      Json other = effect_.resource.Value(scope_);
      std::string other_id = IdOf(other, effect_.id);
      if (other_id == id) break;  // it is the client's
      id = std::move(other_id);
      resource = std::move(other);
    }
    return id;
  }

  Done OfOne() {
    std::string id = effect_.which.by->Text(scope_);
    session_.Polled(kind(), id);
    std::vector<StoredResource> found = Select(effect_.which, scope_, world_);
    if (found.empty()) return std::unexpected(Failure(effect_.absent));
    scope_.known.result = std::move(found.front().json);
    if (auto refused = Refused()) return std::unexpected(std::move(*refused));
    switch (effect_.does) {
      case Does::kUpdate: return Keep(std::move(id), Updated());
      case Does::kReplace: return Keep(std::move(id), effect_.resource.Value(scope_));
      case Does::kDelete: session_.store().Remove(kind(), id); break;
      default: break;
    }
    Happen(effect_.then, {kind(), id}, scope_, world_);
    if (effect_.does == Does::kGet) SeeWhetherItMoves(id);
    return Shown();
  }

  // For the journal: a client that looks at what still moves waits for its end.
  void SeeWhetherItMoves(const std::string& id) {
    const Processes& processes = session_.processes();
    scope_.known.going_on = !processes.empty() && processes.GoesOn(kind(), id, session_.store());
  }

  Json Updated() {
    Json resource = scope_.known.result;
    for (const std::string& member : effect_.take) {
      const Json* sent = call_.body ? call_.body->Find(member) : nullptr;
      if (sent != nullptr) resource.Set(member, *sent);
    }
    effect_.patch.Apply(resource, scope_);
    return resource;
  }

  Done Keep(std::string id, Json resource) {
    if (auto good = behaviour_.Adjust(call_, session_, resource); !good) {
      return std::unexpected(std::move(good.error()));
    }
    session_.store().Put(kind(), id, resource);
    scope_.known.result = std::move(resource);
    Happen(effect_.then, {kind(), std::move(id)}, scope_, world_);
    return Shown();
  }

  Done List() {
    if (auto refused = Refused()) return std::unexpected(std::move(*refused));
    auto page = ReadPage(effect_.paging, call_.request.query);
    if (!page) return std::unexpected(Failure(effect_.paging.bad_cursor));
    const auto& pages = call_.scenario->pages;
    if (pages && !effect_.paging.start.empty()) page->limit = std::min(page->limit, *pages);
    session_.Polled(kind(), "");
    PageOf listed = effect_.sorting ? Sorted(*page) : InOrder(*page);
    for (Json& item : listed.items) {
      scope_.known.result = std::move(item);
      item = behaviour_.Show(call_, scope_.known.result, scope_);
    }
    scope_.known.page = {listed.items.size(), ""};
    if (listed.more) scope_.known.page->next = NextPage(effect_.paging, *page, listed);
    scope_.known.result = PageResult(effect_.paging, *page, std::move(listed));
    SeeWhetherItMoves("");
    Happen(effect_.then, {kind(), ""}, scope_, world_);
    return std::move(scope_.known);
  }

  // Reads no more of the store than the page needs.
  PageOf InOrder(const Page& page) {
    PageOf listed;
    const Selection selection(effect_.which.where, scope_);
    const bool counts = effect_.paging.style == Paging::Style::kWhole || effect_.paging.total;
    std::size_t met = 0;
    session_.store().Visit(
        kind(), order(), [&](const std::string& /*id*/, const std::string& text) {
          if (!selection.MayTake(text)) return true;
          const bool on_page = met >= page.skip && listed.items.size() < page.limit;
          if (on_page || !selection.everything()) {
            Json resource = Json::Parse(text).value_or(Json());
            if (!selection.Takes(resource)) return true;
            if (on_page) listed.items.push_back(std::move(resource));
          }
          listed.more = met >= page.skip && !on_page;
          ++met;
          return counts || !listed.more;
        });
    if (counts) listed.total = met;
    return listed;
  }

  PageOf Sorted(const Page& page) {
    const Selection selection(effect_.which.where, scope_);
    Json::Array all;
    session_.store().Visit(kind(), order(),
                           [&](const std::string& /*id*/, const std::string& text) {
                             Json resource = Json::Parse(text).value_or(Json());
                             if (selection.Takes(resource)) all.push_back(std::move(resource));
                             return true;
                           });
    Sort(all, effect_.sorting->by.Text(scope_), effect_.sorting->order.Text(scope_) == "DESC");
    PageOf listed;
    listed.total = all.size();
    for (std::size_t i = page.skip; i < all.size() && listed.items.size() < page.limit; ++i) {
      listed.items.push_back(std::move(all[i]));
    }
    listed.more = page.skip + listed.items.size() < all.size();
    return listed;
  }

  Store::Order order() const {
    return effect_.newest_first ? Store::Order::kNewestFirst : Store::Order::kOldestFirst;
  }

  const EffectBehaviour& behaviour_;
  const Effect& effect_;
  const Call& call_;
  Session& session_;
  WorldParts world_;
  WorldScope scope_;
};

std::expected<Known, Met> EffectBehaviour::Run(const Call& call, Session& session,
                                               Scope& scope) const {
  return Doing(*this, call, session, scope).Do();
}

Json EffectBehaviour::Show(const Call& /*call*/, const Json& resource, Scope& scope) const {
  Json shown = resource;
  const auto& mask = effect_.mask;
  if (mask && !IsTrue(Json(mask->unless.Text(scope)))) {
    for (const std::string& member : mask->members) {
      const Json* secret = shown.AtPath(member);
      if (secret != nullptr && !secret->IsNull()) shown.SetPath(member, mask->as);
    }
  }
  for (const std::string& member : effect_.without) shown.RemovePath(member);
  if (!effect_.show) return shown;
  WorldScope of_shown(scope);
  of_shown.known.result = std::move(shown);
  return effect_.show->Value(of_shown);
}

Result<void> EffectBehaviour::Check(const Operation& operation) {
  if (!operation.effect) return Fail(operation.name + " declares no effect");
  return {};
}

}  // namespace mockduit
