// SPDX-License-Identifier: GPL-3.0-or-later
/// Icons in the colour of the text around them.
#pragma once

#include <QIcon>
#include <QString>

namespace bitwright {

/// The icon `resources/icons/<name>.svg`, drawn in the application palette's text colour; call again after a change of theme.
QIcon themedIcon(const QString& name);
/// The program's own icon.
QIcon applicationIcon();

} // namespace bitwright
