#include "engine/effect.h"

#include <algorithm>

#include "base/text.h"
#include "engine/paging.h"

namespace mockduit {
namespace {

using Done = std::expected<Facts, Failure>;

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
    if (a->IsNumber() && b->IsNumber()) return Json::Compare(*a, *b) < 0;
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
  Doing(const EffectBehaviour& behaviour, const Call& call, World& world, Scope& under)
      : behaviour_(behaviour),
        effect_(behaviour.effect()),
        outcomes_(behaviour.declared_.outcomes()),
        call_(call),
        world_(world),
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

  // Which of a list have a text in one of some members.
  class Search {
   public:
    Search(const std::optional<Searching>& searching, Scope& scope)
        : searching_(searching),
          text_(searching ? LowerCase(searching->text.Text(scope)) : std::string()) {}

    bool everything() const { return text_.empty(); }
    bool Takes(const Json& resource) const {
      return text_.empty() || std::ranges::any_of(searching_->members, [&](const auto& member) {
               const Json* value = resource.AtPath(member);
               return value != nullptr && LowerCase(value->AsString()).contains(text_);
             });
    }

   private:
    const std::optional<Searching>& searching_;
    const std::string text_;
  };

  const std::string& kind() const { return effect_.which.kind; }

  Failure FailureOf(const OutcomeChoice& choice) { return {choice, scope_.facts}; }

  // The facts that the answer's templates know, once all is done.
  Facts Shown() {
    scope_.facts.result = Show(std::move(scope_.facts.result));
    return std::move(scope_.facts);
  }

  // The mask asks about what it masks.
  Json Show(Json resource) {
    for (const Effect::Related& related : effect_.with) AddRelated(related, resource);
    if (effect_.mask) scope_.facts.result = resource;
    return behaviour_.Show(call_, std::move(resource), scope_);
  }

  void AddRelated(const Effect::Related& related, Json& resource) {
    FactsScope of_resource(scope_);
    of_resource.facts.result = resource;
    Json::Array shown;
    for (StoredResource& one : world_.Select(related.which, of_resource)) {
      of_resource.AddFound(related.which.kind, std::move(one.json));
      shown.push_back(related.show.Value(of_resource));
    }
    if (related.all) {
      resource.Set(related.member, std::move(shown));
    } else {
      resource.Set(related.member, shown.empty() ? Json() : std::move(shown.back()));
    }
  }

  // Nothing when all that the effect needs is there.
  std::optional<Failure> Missing() {
    for (std::size_t i = 0; i < effect_.needs.size(); ++i) {
      const Effect::Needs& needs = effect_.needs[i];
      std::vector<StoredResource> found = world_.Select(needs.which, scope_);
      if (needs.all) {
        Json all = Json::MakeArray();
        for (StoredResource& one : found) all.Append(std::move(one.json));
        scope_.AddFound(needs.which.kind, std::move(all));
      } else if (!found.empty()) {
        scope_.AddFound(needs.which.kind, std::move(found.back().json));
      } else if (const auto& absent = outcomes_.needs[i]) {
        return FailureOf(*absent);
      }
    }
    return std::nullopt;
  }

  std::optional<Failure> Refused() {
    for (std::size_t i = 0; i < effect_.refusals.size(); ++i) {
      const Effect::Refusal& refusal = effect_.refusals[i];
      if (!refusal.when.Holds(scope_)) continue;
      if (refusal.there && !world_.IsThere(*refusal.there, scope_)) continue;
      return FailureOf(outcomes_.refusals[i]);
    }
    return std::nullopt;
  }

  Done Create() {
    if (auto refused = Refused()) return std::unexpected(std::move(*refused));
    Json resource = effect_.resource.Value(scope_);
    std::string id = NewId(resource);
    if (outcomes_.taken && world_.store().Has(kind(), id)) {
      scope_.facts.result = std::move(resource);
      return std::unexpected(FailureOf(*outcomes_.taken));
    }
    return Keep(id, std::move(resource));
  }

  // An id that was drawn, and is there already, is drawn again.
  std::string NewId(Json& resource) {
    if (effect_.which.by) return effect_.which.by->Text(scope_);
    std::string id = IdOf(resource, effect_.id);
    for (int tries = 0; tries < kMaxTries && world_.store().Has(kind(), id); ++tries) {
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
    world_.LookedAt(kind(), id, call_.visit.at);
    std::vector<StoredResource> found = world_.Select(effect_.which, scope_);
    if (found.empty()) return std::unexpected(FailureOf(*outcomes_.absent));
    scope_.facts.result = std::move(found.front().json);
    if (auto refused = Refused()) return std::unexpected(std::move(*refused));
    switch (effect_.does) {
      case Does::kUpdate: return Keep(id, Updated());
      case Does::kReplace: return Keep(id, effect_.resource.Value(scope_));
      case Does::kDelete: world_.Remove(kind(), id); break;
      default: break;
    }
    DoSteps(id);
    if (effect_.does == Does::kGet) SeeWhetherItMoves(id);
    return Shown();
  }

  void DoSteps(const std::string& id) {
    if (effect_.then.empty()) return;
    auto stopped = world_.Do(effect_.then, {kind(), id}, scope_, call_.moment());
    if (stopped) scope_.facts.warning = std::move(*stopped);
  }

  // For the journal: a client that looks at what still moves waits for its end.
  void SeeWhetherItMoves(const std::string& id) {
    scope_.facts.ongoing = world_.calendar().IsOngoing(kind(), id, world_.store());
  }

  Json Updated() {
    Json resource = scope_.facts.result;
    for (const std::string& member : effect_.take) {
      const Json* sent = call_.body() != nullptr ? call_.body()->Find(member) : nullptr;
      if (sent != nullptr) resource.Set(member, *sent);
    }
    effect_.patch.Apply(resource, scope_);
    return resource;
  }

  Done Keep(const std::string& id, Json resource) {
    if (auto good = behaviour_.Adjust(call_, world_, resource); !good) {
      return std::unexpected(std::move(good.error()));
    }
    if (scope_.overspent()) return std::move(scope_.facts);  // it is not whole
    world_.Put(kind(), id, resource);
    scope_.facts.result = std::move(resource);
    DoSteps(id);
    return Shown();
  }

  Done List() {
    if (auto refused = Refused()) return std::unexpected(std::move(*refused));
    auto page = ReadPage(effect_.paging, call_.query());
    if (!page) return std::unexpected(FailureOf(*outcomes_.bad_cursor));
    const auto& pages = call_.visit.scenario->pages;
    if (pages && !effect_.paging.start.empty()) page->limit = std::min(page->limit, *pages);
    world_.LookedAt(kind(), "", call_.visit.at);
    PageOf listed = effect_.sorting ? Sorted(*page) : InOrder(*page);
    for (Json& item : listed.items) item = Show(std::move(item));
    scope_.facts.page = {listed.items.size(), ""};
    if (listed.more) scope_.facts.page->next = NextPage(effect_.paging, *page, listed);
    scope_.facts.result = PageResult(effect_.paging, *page, std::move(listed));
    SeeWhetherItMoves("");
    DoSteps("");
    return std::move(scope_.facts);
  }

  // Reads no more of the store than the page needs.
  PageOf InOrder(const Page& page) {
    PageOf listed;
    const Selection selection(effect_.which.where, scope_);
    const Search search(effect_.searching, scope_);
    const bool counts = effect_.paging.style == Paging::Style::kWhole || effect_.paging.total;
    std::size_t met = 0;
    world_.Visit(kind(), order(), selection, [&](const std::string& /*id*/, const auto& text) {
      if (!selection.MayTake(text)) return true;
      const bool on_page = met >= page.skip && listed.items.size() < page.limit;
      if (on_page || !selection.everything() || !search.everything()) {
        Json resource = Json::Parse(text).value_or(Json());
        if (!selection.Takes(resource) || !search.Takes(resource)) return true;
        if (on_page) listed.items.push_back(std::move(resource));
        if (on_page && !scope_.Spend(text.size())) return false;
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
    const Search search(effect_.searching, scope_);
    Json::Array all;
    world_.Visit(kind(), order(), selection, [&](const std::string& /*id*/, const auto& text) {
      Json resource = Json::Parse(text).value_or(Json());
      if (selection.Takes(resource) && search.Takes(resource)) all.push_back(std::move(resource));
      return true;
    });
    Sort(all, effect_.sorting->by.Text(scope_),
         UpperCase(effect_.sorting->order.Text(scope_)) == "DESC");
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
  const EffectOutcomes& outcomes_;
  const Call& call_;
  World& world_;
  FactsScope scope_;
};

std::expected<Facts, Failure> EffectBehaviour::Run(const Call& call, World& world,
                                                   Scope& scope) const {
  const World::Work work(world);
  auto done = Doing(*this, call, world, scope).Do();
  if (done && work.was_stopped() && done->warning.empty()) {
    done->warning = "not all was looked through: the effect of " + call.operation().name +
                    " did more than " + std::to_string(World::kMaxWork) + " things";
  }
  return done;
}

Json EffectBehaviour::Show(const Call& /*call*/, Json resource, Scope& scope) const {
  const auto& mask = effect().mask;
  if (mask && !IsTrue(Json(mask->unless.Text(scope)))) {
    for (const std::string& member : mask->members) {
      const Json* secret = resource.AtPath(member);
      if (secret != nullptr && !secret->IsNull()) resource.SetPath(member, mask->as);
    }
  }
  for (const std::string& member : effect().without) resource.RemovePath(member);
  if (!effect().show) return resource;
  FactsScope of_shown(scope);
  of_shown.facts.result = std::move(resource);
  return effect().show->Value(of_shown);
}

namespace {

// Nothing where `wanted` names no outcome.
Result<std::optional<OutcomeChoice>> FindIfNamed(const Operation& operation,
                                                 const OutcomeRef& wanted) {
  if (wanted.outcome.empty()) return std::nullopt;
  return OutcomeChoice::Find(operation, wanted);
}

Result<EffectOutcomes> FindOutcomes(const Operation& operation) {
  const Effect& effect = *operation.effect();
  EffectOutcomes outcomes;
  for (const Effect::Needs& needs : effect.needs) {
    auto absent = FindIfNamed(operation, needs.absent);
    if (!absent) return std::unexpected(absent.error());
    outcomes.needs.push_back(*absent);
  }
  for (const Effect::Refusal& refusal : effect.refusals) {
    auto as = OutcomeChoice::Find(operation, refusal.outcome);
    if (!as) return std::unexpected(as.error());
    outcomes.refusals.push_back(*as);
  }
  auto taken = FindIfNamed(operation, effect.taken.value_or(OutcomeRef()));
  auto absent = FindIfNamed(operation, effect.absent);
  auto bad_cursor = FindIfNamed(operation, effect.paging.bad_cursor);
  for (const auto* found : {&taken, &absent, &bad_cursor}) {
    if (!*found) return std::unexpected(found->error());
  }
  outcomes.taken = *taken;
  outcomes.absent = *absent;
  outcomes.bad_cursor = *bad_cursor;
  return outcomes;
}

}  // namespace

Result<EffectBehaviour::Declared> EffectBehaviour::Declared::Make(const Operation& operation) {
  if (!operation.effect()) return Fail(operation.name + " declares no effect");
  auto outcomes = FindOutcomes(operation);
  if (!outcomes) return std::unexpected(outcomes.error());
  const Effect& effect = *operation.effect();
  const bool of_one = effect.does != Effect::Does::kCreate && effect.does != Effect::Does::kList;
  if (of_one && !outcomes->absent)
    return Fail("the effect of " + operation.name + " needs 'absent'");
  const bool by_cursor = effect.paging.style == Paging::Style::kCursor;
  if (by_cursor && !outcomes->bad_cursor) {
    return Fail("the pages of " + operation.name + " need 'bad_cursor'");
  }
  Declared declared(operation);
  declared.outcomes_ = std::move(*outcomes);
  return declared;
}

}  // namespace mockduit
