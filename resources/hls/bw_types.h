// SPDX-License-Identifier: GPL-3.0-or-later OR 0BSD
/// The one place that selects number types and streams: a vendor's (or hls4ml's) headers where the compiler finds
/// them, ours for plain C simulation otherwise. BW_VENDOR_TYPES and BW_OWN_TYPES force the choice.
#ifndef BW_TYPES_H
#define BW_TYPES_H

#if !defined(BW_VENDOR_TYPES) && !defined(BW_OWN_TYPES)
#if defined(__SYNTHESIS__)
#define BW_VENDOR_TYPES
#elif defined(__has_include)
#if __has_include(<ap_fixed.h>)
#define BW_VENDOR_TYPES
#endif
#endif
#endif

#ifdef BW_VENDOR_TYPES
#include <ap_fixed.h>
#include <ap_int.h>
#include <hls_stream.h>
#else
#include "bw_fixed.h"
#include "bw_hls_stream.h"
#endif

#endif
