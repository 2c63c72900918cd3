// SPDX-License-Identifier: GPL-3.0-or-later
// What can be exported.
#include "exporters/export.h"
#include "verbs.h"

namespace bitwright::cli {

int runTargets(const Arguments&, Session& session)
{
    session.json()["targets"] = nlohmann::json::array();
    for (const ExportTarget& target : exportTargets()) {
        nlohmann::json entry{{"name", target.name}, {"title", target.title}, {"is_available", bool(target.write)}};
        if (!target.write) entry["reason"] = target.write.reason();
        session.json()["targets"].push_back(std::move(entry));
        session.line("{:<12} {:<40} {}", target.name, target.title, target.write ? "" : target.write.reason());
    }
    return kOk;
}

} // namespace bitwright::cli
