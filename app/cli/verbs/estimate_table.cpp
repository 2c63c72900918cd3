// SPDX-License-Identifier: GPL-3.0-or-later
// One prediction per row of structured layers or networks.
#include "estimator/estimate_table.h"

#include "support/atomic_file.h"
#include "support/file.h"
#include "verbs.h"

namespace bitwright::cli {

int runEstimateTable(const Arguments& arguments, Session& session)
{
    const Result<std::string> rows = readFile(arguments.files.at(0));
    if (!rows) return session.fail(rows.error());
    const Result<std::vector<TableRowEstimate>> estimates = estimateTableRows(*rows);
    if (!estimates) return session.fail(estimates.error());
    std::int64_t refused = 0;
    for (const TableRowEstimate& row : *estimates)
        refused += row.is_estimated ? 0 : 1;
    const std::string table = tableCsv(*estimates);
    session.json()["rows"] = estimates->size();
    session.json()["refused"] = refused;
    if (arguments.outputs.empty()) {
        session.json()["table"] = table;
        session.text(table);
        return kOk;
    }
    for (const std::string& path : arguments.outputs)
        if (const Result<void> written = writeFileAtomically(path, table); !written) return session.fail(written.error());
    session.line("{} rows, {} of them refused", estimates->size(), refused);
    return kOk;
}

} // namespace bitwright::cli
