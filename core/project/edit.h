// SPDX-License-Identifier: GPL-3.0-or-later
/// Intents of the user, of scripts and of the search: one small set for all layers and flows.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "configuration/configuration.h"

namespace bitwright {

/// Layer id "" addresses the model-wide settings.
struct SetFormat {
    std::string layer;
    std::string slot;
    std::optional<FormatChoice> choice; ///< nothing unsets it
};
struct SetTunable {
    std::string layer;
    std::string tunable;
    std::optional<TunableChoice> choice; ///< nothing unsets it
};
struct SetDesign {
    DesignSettings design;
};
struct SetLayerNote {
    std::string layer;
    std::string note;
};
struct SetLayerLock {
    std::string layer;
    bool is_locked = false;
};
struct ResetLayer {
    std::string layer; ///< drops everything decided for the layer; its note stays
};
/// Takes over a whole configuration: a file that was loaded, a snapshot, a point of the search.
struct ReplaceConfiguration {
    Configuration configuration;
};

struct EditBatch;
using Edit = std::variant<SetFormat, SetTunable, SetDesign, SetLayerNote, SetLayerLock, ResetLayer,
                          ReplaceConfiguration, EditBatch>;
/// Several edits as one step.
struct EditBatch {
    std::vector<Edit> edits;
};

/// The configuration after @p edit. Pure: on error the caller still holds what it had. Checks what can be
/// checked without a flow (ranges, locks); what is legal for a layer is the flow's to say when it lowers.
/// A layer whose last decision is unset is erased, so that undoing by hand gives the configuration it was.
/// @error LayerLocked, FormatRange, TunableRange, DesignRange, SlotUnnamed
Result<Configuration> applyEdit(const Configuration& before, const Edit& edit);

} // namespace bitwright
