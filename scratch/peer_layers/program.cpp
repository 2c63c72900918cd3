#include <cstdio>
#include "nnet_utils/nnet_dense.h"
#include "nnet_utils/nnet_dense_latency.h"
#include "nnet_utils/nnet_dense_resource.h"
#include "nnet_utils/nnet_activation.h"
#include "nnet_utils/nnet_batchnorm.h"
#include "nnet_utils/nnet_merge.h"
struct activ4 : nnet::activ_config { static const unsigned n_in = 4; };
struct merge4 : nnet::merge_config { static const unsigned n_elem1 = 4, n_elem2 = 4, n_elem = 4; };
template <class T> long long code(T t) { ap_int<T::width> b; b.range(T::width - 1, 0) = t.range(T::width - 1, 0); return b.to_int64(); }
static double datum(long k) { return double((k * 7919 + 13) % 4001 - 2000) / 128.0; }
struct dense0 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 18, multiplier_limit = 18;
  typedef ap_ufixed<6,3,AP_RND_ZERO,AP_SAT_ZERO,0> weight_t; typedef ap_ufixed<7,2,AP_RND_INF,AP_SAT_SYM,0> bias_t; typedef ap_ufixed<10,9,AP_RND_INF,AP_SAT_SYM,0> accum_t;
  template <class A, class B> using product = nnet::product::data_binary<A, B>; };
void layer0() {
  typedef ap_fixed<7,7,AP_RND_ZERO,AP_WRAP,0> Y;
  typedef ap_uint<1> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_ufixed<6,3,AP_RND_ZERO,AP_SAT_ZERO,0> w[18];
  { const long long c[] = {31, 44, 59, 13, 30, 46, 43, 12, 41, 40, 16, 43, 54, 63, 44, 34, 15, 10}; for (int i = 0; i < 18; ++i) w[i].range(5, 0) = c[i]; }
  ap_ufixed<7,2,AP_RND_INF,AP_SAT_SYM,0> b[3];
  { const long long c[] = {19, 106, 14}; for (int i = 0; i < 3; ++i) b[i].range(6, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense0>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm1 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_fixed<6,4,AP_TRN,AP_SAT_SYM,0> scale_t; typedef ap_fixed<8,8,AP_RND_MIN_INF,AP_SAT,0> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer1() {
  typedef ap_int<4> Y;
  typedef ap_ufixed<9,3,AP_RND_INF,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<6,4,AP_TRN,AP_SAT_SYM,0> w[4];
  { const long long c[] = {0, -11, -1, 10}; for (int i = 0; i < 4; ++i) w[i].range(5, 0) = c[i]; }
  ap_fixed<8,8,AP_RND_MIN_INF,AP_SAT,0> b[4];
  { const long long c[] = {-50, -82, 39, 20}; for (int i = 0; i < 4; ++i) b[i].range(7, 0) = c[i]; }
  nnet::normalize<X0, Y, norm1>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer2() {
  typedef ap_fixed<5,5,AP_RND_CONV,AP_SAT_SYM,0> Y;
  typedef ap_ufixed<5,4,AP_TRN,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<4,3,AP_RND_ZERO,AP_WRAP,0> a[4];
  { const long long c[] = {-7, 5, -5, -3}; for (int i = 0; i < 4; ++i) a[i].range(3, 0) = c[i]; }
  nnet::prelu<X0, ap_fixed<4,3,AP_RND_ZERO,AP_WRAP,0>, Y, activ4>(x0, a, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table2 : nnet::activ_config { static const unsigned n_in = 4, table_size = 64; typedef ap_ufixed<12,12,AP_TRN_ZERO,AP_SAT_SYM,0> table_t; };
void layer3() {
  typedef ap_uint<9> Y;
  typedef ap_fixed<4,1,AP_RND,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::tanh<X0, Y, table2>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft3 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<17,4,AP_TRN_ZERO,AP_SAT_ZERO,0> table_t; typedef ap_fixed<17,4,AP_TRN_ZERO,AP_SAT_ZERO,0> exp_table_t; typedef ap_fixed<17,10,AP_RND,AP_WRAP,0> inv_table_t; typedef ap_fixed<17,8,AP_TRN_ZERO,AP_SAT,0> accum_t;
  typedef ap_ufixed<17,11,AP_RND_MIN_INF,AP_SAT_SYM,0> inv_inp_t; typedef ap_ufixed<11,2,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer4() {
  typedef ap_fixed<6,6,AP_TRN,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<12,3,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_latency<X0, Y, soft3>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer5() {
  typedef ap_fixed<10,1,AP_TRN,AP_SAT,0> Y;
  typedef ap_fixed<19,2,AP_RND_INF,AP_SAT_SYM,0> X0;
  typedef ap_fixed<20,11,AP_RND_CONV,AP_SAT,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::maximum<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense4 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 6, multiplier_limit = 18;
  typedef ap_fixed<6,6,AP_RND_INF,AP_WRAP,0> weight_t; typedef ap_ufixed<6,5,AP_RND_INF,AP_SAT,0> bias_t; typedef ap_ufixed<21,4,AP_TRN_ZERO,AP_SAT_ZERO,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer6() {
  typedef ap_fixed<6,6,AP_TRN_ZERO,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<6,3,AP_RND,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_fixed<6,6,AP_RND_INF,AP_WRAP,0> w[18];
  { const long long c[] = {-16, 5, -16, -4, 11, -7, -6, -18, -27, 14, -28, -2, -27, 27, -29, 24, -10, 1}; for (int i = 0; i < 18; ++i) w[i].range(5, 0) = c[i]; }
  ap_ufixed<6,5,AP_RND_INF,AP_SAT,0> b[3];
  { const long long c[] = {27, 62, 41}; for (int i = 0; i < 3; ++i) b[i].range(5, 0) = c[i]; }
  nnet::dense_resource<X0, Y, dense4>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm5 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_ufixed<3,2,AP_RND_INF,AP_SAT_ZERO,0> scale_t; typedef ap_fixed<7,5,AP_RND_CONV,AP_WRAP,0> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer7() {
  typedef ap_fixed<7,6,AP_TRN,AP_WRAP,0> Y;
  typedef ap_fixed<6,6,AP_TRN_ZERO,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_ufixed<3,2,AP_RND_INF,AP_SAT_ZERO,0> w[4];
  { const long long c[] = {5, 7, 1, 5}; for (int i = 0; i < 4; ++i) w[i].range(2, 0) = c[i]; }
  ap_fixed<7,5,AP_RND_CONV,AP_WRAP,0> b[4];
  { const long long c[] = {-8, 49, 0, -58}; for (int i = 0; i < 4; ++i) b[i].range(6, 0) = c[i]; }
  nnet::normalize<X0, Y, norm5>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer8() {
  typedef ap_fixed<6,4,AP_TRN_ZERO,AP_SAT,0> Y;
  typedef ap_fixed<4,4,AP_RND_ZERO,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::relu6<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table6 : nnet::activ_config { static const unsigned n_in = 4, table_size = 100; typedef ap_fixed<9,1,AP_RND_INF,AP_SAT,0> table_t; };
void layer9() {
  typedef ap_ufixed<12,1,AP_RND,AP_SAT,0> Y;
  typedef ap_fixed<9,3,AP_TRN,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::sigmoid<X0, Y, table6>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft7 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<11,9,AP_RND_CONV,AP_SAT_SYM,0> table_t; typedef ap_fixed<11,9,AP_RND_CONV,AP_SAT_SYM,0> exp_table_t; typedef ap_fixed<11,9,AP_RND_CONV,AP_SAT_SYM,0> inv_table_t; typedef ap_fixed<18,7,AP_RND_INF,AP_WRAP,0> accum_t;
  typedef ap_fixed<11,2,AP_RND_MIN_INF,AP_WRAP,0> inv_inp_t; typedef ap_ufixed<13,2,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer10() {
  typedef ap_fixed<6,1,AP_RND,AP_SAT_SYM,0> Y;
  typedef ap_fixed<14,3,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_legacy<X0, Y, soft7>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer11() {
  typedef ap_fixed<3,2,AP_RND_MIN_INF,AP_WRAP,0> Y;
  typedef ap_fixed<5,1,AP_RND_MIN_INF,AP_SAT_SYM,0> X0;
  typedef ap_int<7> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::maximum<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense8 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 1, multiplier_limit = 18;
  typedef ap_fixed<7,7,AP_RND_INF,AP_WRAP,0> weight_t; typedef ap_fixed<7,6,AP_RND_CONV,AP_SAT_SYM,0> bias_t; typedef ap_ufixed<21,15,AP_RND_MIN_INF,AP_SAT,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer12() {
  typedef ap_uint<7> Y;
  typedef ap_ufixed<5,2,AP_RND_MIN_INF,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_fixed<7,7,AP_RND_INF,AP_WRAP,0> w[18];
  { const long long c[] = {30, 14, -47, 45, -48, -14, -8, 39, 47, 44, -30, -6, 47, -42, 59, 42, 61, 33}; for (int i = 0; i < 18; ++i) w[i].range(6, 0) = c[i]; }
  ap_fixed<7,6,AP_RND_CONV,AP_SAT_SYM,0> b[3];
  { const long long c[] = {11, 3, -62}; for (int i = 0; i < 3; ++i) b[i].range(6, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense8>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm9 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_fixed<5,5,AP_RND_INF,AP_SAT_SYM,0> scale_t; typedef ap_ufixed<9,9,AP_TRN_ZERO,AP_SAT,0> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer13() {
  typedef ap_ufixed<7,6,AP_RND_INF,AP_SAT,0> Y;
  typedef ap_ufixed<9,3,AP_RND_ZERO,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<5,5,AP_RND_INF,AP_SAT_SYM,0> w[4];
  { const long long c[] = {11, -3, -16, 9}; for (int i = 0; i < 4; ++i) w[i].range(4, 0) = c[i]; }
  ap_ufixed<9,9,AP_TRN_ZERO,AP_SAT,0> b[4];
  { const long long c[] = {190, 132, 101, 47}; for (int i = 0; i < 4; ++i) b[i].range(8, 0) = c[i]; }
  nnet::normalize<X0, Y, norm9>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer14() {
  typedef ap_int<5> Y;
  typedef ap_fixed<7,5,AP_RND_CONV,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::relu6<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table10 : nnet::activ_config { static const unsigned n_in = 4, table_size = 100; typedef ap_fixed<6,6,AP_TRN,AP_SAT,0> table_t; };
void layer15() {
  typedef ap_fixed<4,4,AP_TRN_ZERO,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<5,2,AP_RND_ZERO,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::softplus<X0, Y, table10>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft11 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<18,13,AP_TRN,AP_WRAP,0> table_t; typedef ap_fixed<18,13,AP_TRN,AP_WRAP,0> exp_table_t; typedef ap_ufixed<10,8,AP_RND_ZERO,AP_WRAP,0> inv_table_t; typedef ap_fixed<20,13,AP_RND_INF,AP_SAT,0> accum_t;
  typedef ap_fixed<15,5,AP_RND_INF,AP_SAT_SYM,0> inv_inp_t; typedef ap_ufixed<5,5,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer16() {
  typedef ap_fixed<14,10,AP_RND_ZERO,AP_WRAP,0> Y;
  typedef ap_fixed<6,6,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_latency<X0, Y, soft11>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer17() {
  typedef ap_fixed<9,9,AP_RND,AP_WRAP,0> Y;
  typedef ap_fixed<4,2,AP_TRN,AP_SAT_SYM,0> X0;
  typedef ap_ufixed<5,1,AP_RND_ZERO,AP_WRAP,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::add<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense12 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 6, multiplier_limit = 18;
  typedef ap_fixed<7,5,AP_RND_ZERO,AP_SAT,0> weight_t; typedef ap_fixed<5,3,AP_RND_CONV,AP_SAT_SYM,0> bias_t; typedef ap_fixed<30,15,AP_TRN,AP_SAT,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer18() {
  typedef ap_int<5> Y;
  typedef ap_ufixed<5,1,AP_RND_MIN_INF,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_fixed<7,5,AP_RND_ZERO,AP_SAT,0> w[18];
  { const long long c[] = {-27, -21, 32, 32, 30, -52, -1, 36, 19, 41, -18, -53, -58, -35, 62, -59, 57, 28}; for (int i = 0; i < 18; ++i) w[i].range(6, 0) = c[i]; }
  ap_fixed<5,3,AP_RND_CONV,AP_SAT_SYM,0> b[3];
  { const long long c[] = {-14, -3, 1}; for (int i = 0; i < 3; ++i) b[i].range(4, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense12>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm13 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_uint<3> scale_t; typedef ap_fixed<3,3,AP_RND_INF,AP_WRAP,0> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer19() {
  typedef ap_int<4> Y;
  typedef ap_ufixed<7,1,AP_RND_CONV,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_uint<3> w[4];
  { const long long c[] = {2, 7, 5, 6}; for (int i = 0; i < 4; ++i) w[i].range(2, 0) = c[i]; }
  ap_fixed<3,3,AP_RND_INF,AP_WRAP,0> b[4];
  { const long long c[] = {0, -4, -2, 1}; for (int i = 0; i < 4; ++i) b[i].range(2, 0) = c[i]; }
  nnet::normalize<X0, Y, norm13>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer20() {
  typedef ap_fixed<9,5,AP_RND_MIN_INF,AP_SAT_ZERO,0> Y;
  typedef ap_int<5> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::relu<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table14 : nnet::activ_config { static const unsigned n_in = 4, table_size = 100; typedef ap_fixed<7,6,AP_RND_CONV,AP_WRAP,0> table_t; };
void layer21() {
  typedef ap_ufixed<4,4,AP_RND_INF,AP_SAT_SYM,0> Y;
  typedef ap_fixed<12,9,AP_RND_ZERO,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::selu<X0, Y, table14>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft15 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_ufixed<18,6,AP_RND_INF,AP_SAT_SYM,0> table_t; typedef ap_ufixed<18,6,AP_RND_INF,AP_SAT_SYM,0> exp_table_t; typedef ap_ufixed<15,8,AP_RND_ZERO,AP_SAT_ZERO,0> inv_table_t; typedef ap_ufixed<10,2,AP_RND_MIN_INF,AP_WRAP,0> accum_t;
  typedef ap_fixed<16,8,AP_RND_ZERO,AP_SAT_SYM,0> inv_inp_t; typedef ap_ufixed<14,3,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer22() {
  typedef ap_fixed<12,1,AP_RND_CONV,AP_SAT_SYM,0> Y;
  typedef ap_fixed<15,4,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_latency<X0, Y, soft15>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer23() {
  typedef ap_uint<7> Y;
  typedef ap_ufixed<19,8,AP_RND_INF,AP_SAT_ZERO,0> X0;
  typedef ap_fixed<39,29,AP_RND_MIN_INF,AP_WRAP,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::add<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense16 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 2, multiplier_limit = 18;
  typedef ap_fixed<4,4,AP_TRN,AP_SAT,0> weight_t; typedef ap_ufixed<3,3,AP_RND_CONV,AP_WRAP,0> bias_t; typedef ap_fixed<8,6,AP_TRN,AP_SAT_SYM,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer24() {
  typedef ap_int<3> Y;
  typedef ap_ufixed<6,1,AP_RND,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_fixed<4,4,AP_TRN,AP_SAT,0> w[18];
  { const long long c[] = {6, -1, 7, -3, 1, -3, 7, 6, 0, -5, -5, 6, -1, -5, -4, -3, 2, -8}; for (int i = 0; i < 18; ++i) w[i].range(3, 0) = c[i]; }
  ap_ufixed<3,3,AP_RND_CONV,AP_WRAP,0> b[3];
  { const long long c[] = {0, 1, 2}; for (int i = 0; i < 3; ++i) b[i].range(2, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense16>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm17 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_fixed<5,5,AP_RND_INF,AP_SAT_ZERO,0> scale_t; typedef ap_int<9> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer25() {
  typedef ap_ufixed<11,9,AP_RND_INF,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<9,5,AP_RND_CONV,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<5,5,AP_RND_INF,AP_SAT_ZERO,0> w[4];
  { const long long c[] = {10, -12, -12, -13}; for (int i = 0; i < 4; ++i) w[i].range(4, 0) = c[i]; }
  ap_int<9> b[4];
  { const long long c[] = {177, 86, -67, 196}; for (int i = 0; i < 4; ++i) b[i].range(8, 0) = c[i]; }
  nnet::normalize<X0, Y, norm17>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer26() {
  typedef ap_ufixed<12,5,AP_TRN_ZERO,AP_SAT,0> Y;
  typedef ap_fixed<7,5,AP_RND_INF,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<8,1,AP_RND_CONV,AP_SAT_SYM,0> a[1];
  { const long long c[] = {-79}; for (int i = 0; i < 1; ++i) a[i].range(7, 0) = c[i]; }
  nnet::thresholded_relu<X0, ap_fixed<8,1,AP_RND_CONV,AP_SAT_SYM,0>, Y, activ4>(x0, a[0], y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table18 : nnet::activ_config { static const unsigned n_in = 4, table_size = 1024; typedef ap_fixed<8,7,AP_RND_CONV,AP_SAT_SYM,0> table_t; };
void layer27() {
  typedef ap_fixed<13,8,AP_RND_MIN_INF,AP_WRAP,0> Y;
  typedef ap_fixed<8,2,AP_RND_INF,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::softplus<X0, Y, table18>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft19 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<14,10,AP_TRN_ZERO,AP_SAT_SYM,0> table_t; typedef ap_fixed<14,10,AP_TRN_ZERO,AP_SAT_SYM,0> exp_table_t; typedef ap_fixed<14,10,AP_TRN_ZERO,AP_SAT_SYM,0> inv_table_t; typedef ap_fixed<16,3,AP_RND_MIN_INF,AP_WRAP,0> accum_t;
  typedef ap_fixed<16,14,AP_RND_INF,AP_SAT,0> inv_inp_t; typedef ap_ufixed<12,3,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer28() {
  typedef ap_fixed<11,1,AP_RND_ZERO,AP_SAT,0> Y;
  typedef ap_fixed<13,4,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_legacy<X0, Y, soft19>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer29() {
  typedef ap_ufixed<6,2,AP_RND,AP_SAT_SYM,0> Y;
  typedef ap_uint<9> X0;
  typedef ap_fixed<5,3,AP_RND_MIN_INF,AP_SAT,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::minimum<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense20 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 1, multiplier_limit = 18;
  typedef ap_uint<3> weight_t; typedef ap_int<9> bias_t; typedef ap_fixed<22,12,AP_TRN_ZERO,AP_SAT,0> accum_t;
  template <class A, class B> using product = nnet::product::data_binary<A, B>; };
void layer30() {
  typedef ap_fixed<6,2,AP_TRN_ZERO,AP_WRAP,0> Y;
  typedef ap_uint<1> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_uint<3> w[18];
  { const long long c[] = {3, 0, 0, 5, 6, 2, 6, 1, 6, 5, 7, 4, 2, 0, 1, 5, 2, 4}; for (int i = 0; i < 18; ++i) w[i].range(2, 0) = c[i]; }
  ap_int<9> b[3];
  { const long long c[] = {233, -209, -142}; for (int i = 0; i < 3; ++i) b[i].range(8, 0) = c[i]; }
  nnet::dense_resource<X0, Y, dense20>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm21 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_int<2> scale_t; typedef ap_fixed<9,6,AP_RND_INF,AP_WRAP,0> bias_t;
  template <class A, class B> using product = nnet::product::data_binary<A, B>; };
void layer31() {
  typedef ap_fixed<11,3,AP_TRN,AP_SAT_SYM,0> Y;
  typedef ap_uint<1> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_int<2> w[4];
  { const long long c[] = {-1, -2, -1, -1}; for (int i = 0; i < 4; ++i) w[i].range(1, 0) = c[i]; }
  ap_fixed<9,6,AP_RND_INF,AP_WRAP,0> b[4];
  { const long long c[] = {206, 200, -190, 189}; for (int i = 0; i < 4; ++i) b[i].range(8, 0) = c[i]; }
  nnet::normalize<X0, Y, norm21>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer32() {
  typedef ap_fixed<7,6,AP_TRN,AP_SAT_SYM,0> Y;
  typedef ap_fixed<5,1,AP_TRN_ZERO,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::relu6<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table22 : nnet::activ_config { static const unsigned n_in = 4, table_size = 100; typedef ap_fixed<9,4,AP_TRN_ZERO,AP_SAT_SYM,0> table_t; };
void layer33() {
  typedef ap_int<4> Y;
  typedef ap_fixed<9,9,AP_TRN_ZERO,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<3,3,AP_RND_ZERO,AP_SAT_SYM,0> a[1];
  { const long long c[] = {0}; for (int i = 0; i < 1; ++i) a[i].range(2, 0) = c[i]; }
  nnet::elu<X0, ap_fixed<3,3,AP_RND_ZERO,AP_SAT_SYM,0>, Y, table22>(x0, a[0], y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft23 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<17,11,AP_RND_CONV,AP_SAT_ZERO,0> table_t; typedef ap_fixed<17,11,AP_RND_CONV,AP_SAT_ZERO,0> exp_table_t; typedef ap_fixed<12,11,AP_RND_INF,AP_SAT,0> inv_table_t; typedef ap_ufixed<15,3,AP_RND_INF,AP_WRAP,0> accum_t;
  typedef ap_ufixed<13,9,AP_RND,AP_SAT_ZERO,0> inv_inp_t; typedef ap_ufixed<9,4,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer34() {
  typedef ap_ufixed<10,2,AP_RND,AP_SAT_SYM,0> Y;
  typedef ap_fixed<10,5,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_latency<X0, Y, soft23>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer35() {
  typedef ap_fixed<5,3,AP_RND_CONV,AP_WRAP,0> Y;
  typedef ap_fixed<3,1,AP_TRN,AP_WRAP,0> X0;
  typedef ap_fixed<9,4,AP_RND_ZERO,AP_SAT_ZERO,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::maximum<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense24 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 2, multiplier_limit = 18;
  typedef ap_fixed<8,7,AP_RND_INF,AP_WRAP,0> weight_t; typedef ap_fixed<6,6,AP_TRN,AP_SAT,0> bias_t; typedef ap_int<7> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer36() {
  typedef ap_ufixed<6,4,AP_TRN,AP_WRAP,0> Y;
  typedef ap_fixed<8,3,AP_RND_MIN_INF,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_fixed<8,7,AP_RND_INF,AP_WRAP,0> w[18];
  { const long long c[] = {-85, 108, -38, 29, 122, -45, -98, -1, -126, 73, -122, 112, -117, -72, -112, 98, 127, 29}; for (int i = 0; i < 18; ++i) w[i].range(7, 0) = c[i]; }
  ap_fixed<6,6,AP_TRN,AP_SAT,0> b[3];
  { const long long c[] = {-29, 14, 9}; for (int i = 0; i < 3; ++i) b[i].range(5, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense24>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm25 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_uint<6> scale_t; typedef ap_int<8> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer37() {
  typedef ap_ufixed<5,2,AP_RND_ZERO,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<7,3,AP_RND_ZERO,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_uint<6> w[4];
  { const long long c[] = {20, 53, 60, 38}; for (int i = 0; i < 4; ++i) w[i].range(5, 0) = c[i]; }
  ap_int<8> b[4];
  { const long long c[] = {-70, -7, -76, 57}; for (int i = 0; i < 4; ++i) b[i].range(7, 0) = c[i]; }
  nnet::normalize<X0, Y, norm25>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer38() {
  typedef ap_ufixed<10,6,AP_RND_MIN_INF,AP_SAT_SYM,0> Y;
  typedef ap_fixed<4,3,AP_RND,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::binary_tanh<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table26 : nnet::activ_config { static const unsigned n_in = 4, table_size = 64; typedef ap_ufixed<8,2,AP_RND_MIN_INF,AP_SAT,0> table_t; };
void layer39() {
  typedef ap_int<8> Y;
  typedef ap_fixed<9,1,AP_RND,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::selu<X0, Y, table26>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft27 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<12,2,AP_RND_MIN_INF,AP_SAT_ZERO,0> table_t; typedef ap_fixed<12,2,AP_RND_MIN_INF,AP_SAT_ZERO,0> exp_table_t; typedef ap_ufixed<18,9,AP_RND_INF,AP_SAT_ZERO,0> inv_table_t; typedef ap_fixed<18,7,AP_RND_INF,AP_WRAP,0> accum_t;
  typedef ap_fixed<11,10,AP_TRN,AP_SAT,0> inv_inp_t; typedef ap_ufixed<15,2,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer40() {
  typedef ap_fixed<9,1,AP_RND_MIN_INF,AP_WRAP,0> Y;
  typedef ap_fixed<16,3,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_latency<X0, Y, soft27>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer41() {
  typedef ap_fixed<4,3,AP_RND_INF,AP_SAT,0> Y;
  typedef ap_fixed<6,4,AP_RND_CONV,AP_SAT_ZERO,0> X0;
  typedef ap_ufixed<10,9,AP_RND_MIN_INF,AP_SAT_SYM,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::multiply<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense28 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 18, multiplier_limit = 18;
  typedef ap_fixed<4,4,AP_RND,AP_WRAP,0> weight_t; typedef ap_fixed<8,6,AP_RND_INF,AP_WRAP,0> bias_t; typedef ap_fixed<8,3,AP_RND_CONV,AP_WRAP,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer42() {
  typedef ap_int<9> Y;
  typedef ap_fixed<4,1,AP_TRN_ZERO,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_fixed<4,4,AP_RND,AP_WRAP,0> w[18];
  { const long long c[] = {2, 6, -1, -6, -2, 2, -6, 3, -1, 2, -1, 1, -6, 2, 7, 1, 7, 5}; for (int i = 0; i < 18; ++i) w[i].range(3, 0) = c[i]; }
  ap_fixed<8,6,AP_RND_INF,AP_WRAP,0> b[3];
  { const long long c[] = {84, -65, 65}; for (int i = 0; i < 3; ++i) b[i].range(7, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense28>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm29 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_int<6> scale_t; typedef ap_fixed<4,2,AP_RND_CONV,AP_WRAP,0> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer43() {
  typedef ap_ufixed<6,1,AP_RND_MIN_INF,AP_SAT,0> Y;
  typedef ap_ufixed<6,6,AP_RND_ZERO,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_int<6> w[4];
  { const long long c[] = {29, -4, 3, 26}; for (int i = 0; i < 4; ++i) w[i].range(5, 0) = c[i]; }
  ap_fixed<4,2,AP_RND_CONV,AP_WRAP,0> b[4];
  { const long long c[] = {7, 6, 7, 3}; for (int i = 0; i < 4; ++i) b[i].range(3, 0) = c[i]; }
  nnet::normalize<X0, Y, norm29>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer44() {
  typedef ap_fixed<6,2,AP_RND_ZERO,AP_SAT,0> Y;
  typedef ap_fixed<10,4,AP_RND_ZERO,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_ufixed<5,4,AP_RND_CONV,AP_SAT_ZERO,0> a[1];
  { const long long c[] = {21}; for (int i = 0; i < 1; ++i) a[i].range(4, 0) = c[i]; }
  nnet::thresholded_relu<X0, ap_ufixed<5,4,AP_RND_CONV,AP_SAT_ZERO,0>, Y, activ4>(x0, a[0], y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table30 : nnet::activ_config { static const unsigned n_in = 4, table_size = 100; typedef ap_fixed<10,9,AP_RND_CONV,AP_WRAP,0> table_t; };
void layer45() {
  typedef ap_fixed<9,4,AP_TRN_ZERO,AP_SAT_ZERO,0> Y;
  typedef ap_uint<11> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::softplus<X0, Y, table30>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft31 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_ufixed<14,14,AP_RND_INF,AP_SAT_SYM,0> table_t; typedef ap_ufixed<14,14,AP_RND_INF,AP_SAT_SYM,0> exp_table_t; typedef ap_ufixed<14,14,AP_RND_INF,AP_SAT_SYM,0> inv_table_t; typedef ap_ufixed<10,6,AP_TRN_ZERO,AP_WRAP,0> accum_t;
  typedef ap_ufixed<13,2,AP_RND_MIN_INF,AP_SAT_SYM,0> inv_inp_t; typedef ap_ufixed<10,3,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer46() {
  typedef ap_fixed<7,1,AP_RND,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<11,4,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_legacy<X0, Y, soft31>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer47() {
  typedef ap_fixed<11,1,AP_RND_MIN_INF,AP_WRAP,0> Y;
  typedef ap_uint<5> X0;
  typedef ap_fixed<3,1,AP_TRN,AP_SAT_SYM,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::multiply<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense32 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 18, multiplier_limit = 18;
  typedef ap_uint<8> weight_t; typedef ap_fixed<6,4,AP_RND_MIN_INF,AP_WRAP,0> bias_t; typedef ap_fixed<8,5,AP_TRN_ZERO,AP_WRAP,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer48() {
  typedef ap_fixed<14,2,AP_RND,AP_SAT,0> Y;
  typedef ap_fixed<6,1,AP_TRN,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_uint<8> w[18];
  { const long long c[] = {131, 29, 237, 162, 253, 97, 29, 172, 83, 23, 140, 10, 246, 167, 121, 251, 81, 113}; for (int i = 0; i < 18; ++i) w[i].range(7, 0) = c[i]; }
  ap_fixed<6,4,AP_RND_MIN_INF,AP_WRAP,0> b[3];
  { const long long c[] = {-19, -12, 28}; for (int i = 0; i < 3; ++i) b[i].range(5, 0) = c[i]; }
  nnet::dense_resource<X0, Y, dense32>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm33 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_int<9> scale_t; typedef ap_fixed<9,9,AP_RND_CONV,AP_SAT_ZERO,0> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer49() {
  typedef ap_fixed<8,5,AP_RND_MIN_INF,AP_SAT_SYM,0> Y;
  typedef ap_ufixed<6,4,AP_TRN,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_int<9> w[4];
  { const long long c[] = {55, -38, 10, -24}; for (int i = 0; i < 4; ++i) w[i].range(8, 0) = c[i]; }
  ap_fixed<9,9,AP_RND_CONV,AP_SAT_ZERO,0> b[4];
  { const long long c[] = {240, 9, -125, -66}; for (int i = 0; i < 4; ++i) b[i].range(8, 0) = c[i]; }
  nnet::normalize<X0, Y, norm33>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer50() {
  typedef ap_int<4> Y;
  typedef ap_fixed<8,6,AP_TRN_ZERO,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::relu<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table34 : nnet::activ_config { static const unsigned n_in = 4, table_size = 1024; typedef ap_fixed<6,4,AP_RND_MIN_INF,AP_SAT_SYM,0> table_t; };
void layer51() {
  typedef ap_fixed<12,10,AP_TRN,AP_SAT,0> Y;
  typedef ap_fixed<7,3,AP_TRN_ZERO,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::softsign<X0, Y, table34>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft35 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<16,10,AP_RND_INF,AP_WRAP,0> table_t; typedef ap_fixed<16,10,AP_RND_INF,AP_WRAP,0> exp_table_t; typedef ap_fixed<15,2,AP_TRN_ZERO,AP_SAT_ZERO,0> inv_table_t; typedef ap_fixed<17,16,AP_RND_ZERO,AP_SAT,0> accum_t;
  typedef ap_fixed<13,10,AP_RND_ZERO,AP_SAT_ZERO,0> inv_inp_t; typedef ap_ufixed<15,3,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer52() {
  typedef ap_fixed<9,3,AP_RND_MIN_INF,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<16,4,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_stable<X0, Y, soft35>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer53() {
  typedef ap_fixed<10,9,AP_TRN,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<12,10,AP_RND_CONV,AP_SAT_ZERO,0> X0;
  typedef ap_ufixed<19,16,AP_RND,AP_SAT_ZERO,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::minimum<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense36 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 6, multiplier_limit = 18;
  typedef ap_fixed<5,5,AP_TRN,AP_SAT,0> weight_t; typedef ap_fixed<8,6,AP_TRN,AP_SAT_ZERO,0> bias_t; typedef ap_fixed<11,5,AP_RND,AP_WRAP,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer54() {
  typedef ap_int<3> Y;
  typedef ap_fixed<9,1,AP_RND,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_fixed<5,5,AP_TRN,AP_SAT,0> w[18];
  { const long long c[] = {2, 8, 8, -9, 15, -8, -2, -8, 5, -13, -9, 3, 5, 12, 11, 4, 2, -2}; for (int i = 0; i < 18; ++i) w[i].range(4, 0) = c[i]; }
  ap_fixed<8,6,AP_TRN,AP_SAT_ZERO,0> b[3];
  { const long long c[] = {83, -78, 71}; for (int i = 0; i < 3; ++i) b[i].range(7, 0) = c[i]; }
  nnet::dense_resource<X0, Y, dense36>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm37 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_fixed<9,4,AP_RND_INF,AP_SAT_SYM,0> scale_t; typedef ap_fixed<9,3,AP_RND_INF,AP_SAT_ZERO,0> bias_t;
  template <class A, class B> using product = nnet::product::data_binary<A, B>; };
void layer55() {
  typedef ap_int<8> Y;
  typedef ap_uint<1> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<9,4,AP_RND_INF,AP_SAT_SYM,0> w[4];
  { const long long c[] = {-226, -58, 157, 173}; for (int i = 0; i < 4; ++i) w[i].range(8, 0) = c[i]; }
  ap_fixed<9,3,AP_RND_INF,AP_SAT_ZERO,0> b[4];
  { const long long c[] = {-140, -75, -41, 110}; for (int i = 0; i < 4; ++i) b[i].range(8, 0) = c[i]; }
  nnet::normalize<X0, Y, norm37>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer56() {
  typedef ap_ufixed<8,4,AP_TRN_ZERO,AP_SAT_ZERO,0> Y;
  typedef ap_fixed<10,9,AP_RND_MIN_INF,AP_SAT_SYM,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::ternary_tanh<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table38 : nnet::activ_config { static const unsigned n_in = 4, table_size = 1024; typedef ap_fixed<11,11,AP_TRN_ZERO,AP_SAT_SYM,0> table_t; };
void layer57() {
  typedef ap_fixed<8,8,AP_RND_ZERO,AP_WRAP,0> Y;
  typedef ap_ufixed<7,1,AP_RND_CONV,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::tanh<X0, Y, table38>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft39 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_fixed<14,2,AP_RND_CONV,AP_WRAP,0> table_t; typedef ap_fixed<14,2,AP_RND_CONV,AP_WRAP,0> exp_table_t; typedef ap_fixed<18,15,AP_TRN_ZERO,AP_WRAP,0> inv_table_t; typedef ap_fixed<15,5,AP_TRN_ZERO,AP_SAT_ZERO,0> accum_t;
  typedef ap_fixed<15,9,AP_TRN_ZERO,AP_SAT,0> inv_inp_t; typedef ap_ufixed<10,3,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer58() {
  typedef ap_ufixed<8,3,AP_RND_ZERO,AP_WRAP,0> Y;
  typedef ap_fixed<11,4,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_argmax<X0, Y, soft39>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer59() {
  typedef ap_ufixed<4,2,AP_RND_MIN_INF,AP_SAT,0> Y;
  typedef ap_int<7> X0;
  typedef ap_fixed<6,4,AP_RND_MIN_INF,AP_SAT_ZERO,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::average<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense40 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 6, multiplier_limit = 18;
  typedef ap_ufixed<4,1,AP_RND_ZERO,AP_SAT_SYM,0> weight_t; typedef ap_uint<3> bias_t; typedef ap_ufixed<7,1,AP_RND_ZERO,AP_WRAP,0> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer60() {
  typedef ap_fixed<9,1,AP_TRN,AP_SAT_SYM,0> Y;
  typedef ap_fixed<5,5,AP_RND_MIN_INF,AP_SAT,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_ufixed<4,1,AP_RND_ZERO,AP_SAT_SYM,0> w[18];
  { const long long c[] = {15, 1, 7, 7, 3, 11, 15, 0, 7, 10, 11, 7, 14, 9, 8, 0, 10, 9}; for (int i = 0; i < 18; ++i) w[i].range(3, 0) = c[i]; }
  ap_uint<3> b[3];
  { const long long c[] = {4, 3, 5}; for (int i = 0; i < 3; ++i) b[i].range(2, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense40>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm41 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_ufixed<7,2,AP_RND_INF,AP_SAT_ZERO,0> scale_t; typedef ap_fixed<8,4,AP_TRN_ZERO,AP_SAT,0> bias_t;
  template <class A, class B> using product = nnet::product::data_binary<A, B>; };
void layer61() {
  typedef ap_fixed<12,1,AP_RND_INF,AP_WRAP,0> Y;
  typedef ap_uint<1> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_ufixed<7,2,AP_RND_INF,AP_SAT_ZERO,0> w[4];
  { const long long c[] = {63, 14, 86, 109}; for (int i = 0; i < 4; ++i) w[i].range(6, 0) = c[i]; }
  ap_fixed<8,4,AP_TRN_ZERO,AP_SAT,0> b[4];
  { const long long c[] = {-87, -127, 22, 23}; for (int i = 0; i < 4; ++i) b[i].range(7, 0) = c[i]; }
  nnet::normalize<X0, Y, norm41>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer62() {
  typedef ap_fixed<5,4,AP_RND_MIN_INF,AP_SAT,0> Y;
  typedef ap_fixed<3,2,AP_RND_CONV,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_ufixed<4,4,AP_RND_INF,AP_SAT_ZERO,0> a[1];
  { const long long c[] = {7}; for (int i = 0; i < 1; ++i) a[i].range(3, 0) = c[i]; }
  nnet::thresholded_relu<X0, ap_ufixed<4,4,AP_RND_INF,AP_SAT_ZERO,0>, Y, activ4>(x0, a[0], y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table42 : nnet::activ_config { static const unsigned n_in = 4, table_size = 64; typedef ap_ufixed<13,7,AP_RND_CONV,AP_SAT_ZERO,0> table_t; };
void layer63() {
  typedef ap_uint<12> Y;
  typedef ap_fixed<8,1,AP_RND_MIN_INF,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::softsign<X0, Y, table42>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft43 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_ufixed<13,13,AP_RND_ZERO,AP_SAT_SYM,0> table_t; typedef ap_ufixed<13,13,AP_RND_ZERO,AP_SAT_SYM,0> exp_table_t; typedef ap_ufixed<13,13,AP_RND_ZERO,AP_SAT_SYM,0> inv_table_t; typedef ap_fixed<18,17,AP_RND,AP_SAT_ZERO,0> accum_t;
  typedef ap_fixed<11,10,AP_TRN,AP_WRAP,0> inv_inp_t; typedef ap_ufixed<10,5,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer64() {
  typedef ap_fixed<14,1,AP_TRN_ZERO,AP_WRAP,0> Y;
  typedef ap_fixed<11,6,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_legacy<X0, Y, soft43>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer65() {
  typedef ap_ufixed<8,3,AP_RND_MIN_INF,AP_WRAP,0> Y;
  typedef ap_ufixed<40,34,AP_RND_ZERO,AP_WRAP,0> X0;
  typedef ap_fixed<35,12,AP_RND,AP_SAT,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::average<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct dense44 : nnet::dense_config { static const unsigned n_in = 6, n_out = 3, reuse_factor = 18, multiplier_limit = 18;
  typedef ap_ufixed<6,3,AP_RND_MIN_INF,AP_WRAP,0> weight_t; typedef ap_int<3> bias_t; typedef ap_int<25> accum_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer66() {
  typedef ap_uint<12> Y;
  typedef ap_fixed<10,4,AP_RND_ZERO,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[6]; for (long e = 0; e < 6; ++e) x0[e] = X0(datum((s * 6 + e) * 1 + 0));
  Y y[3];
  ap_ufixed<6,3,AP_RND_MIN_INF,AP_WRAP,0> w[18];
  { const long long c[] = {58, 2, 50, 20, 50, 9, 29, 48, 48, 19, 62, 42, 36, 6, 37, 16, 51, 10}; for (int i = 0; i < 18; ++i) w[i].range(5, 0) = c[i]; }
  ap_int<3> b[3];
  { const long long c[] = {-3, -2, -2}; for (int i = 0; i < 3; ++i) b[i].range(2, 0) = c[i]; }
  nnet::dense_latency<X0, Y, dense44>(x0, y, w, b);
  for (int e = 0; e < 3; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct norm45 : nnet::batchnorm_config { static const unsigned n_in = 4, n_filt = -1, n_scale_bias = 4;
  typedef ap_fixed<6,3,AP_TRN_ZERO,AP_SAT_SYM,0> scale_t; typedef ap_ufixed<5,1,AP_RND_MIN_INF,AP_SAT_SYM,0> bias_t;
  template <class A, class B> using product = nnet::product::mult<A, B>; };
void layer67() {
  typedef ap_fixed<12,1,AP_RND_ZERO,AP_SAT_SYM,0> Y;
  typedef ap_int<6> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  ap_fixed<6,3,AP_TRN_ZERO,AP_SAT_SYM,0> w[4];
  { const long long c[] = {29, -17, 7, -2}; for (int i = 0; i < 4; ++i) w[i].range(5, 0) = c[i]; }
  ap_ufixed<5,1,AP_RND_MIN_INF,AP_SAT_SYM,0> b[4];
  { const long long c[] = {2, 9, 11, 2}; for (int i = 0; i < 4; ++i) b[i].range(4, 0) = c[i]; }
  nnet::normalize<X0, Y, norm45>(x0, y, w, b);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer68() {
  typedef ap_fixed<7,1,AP_RND_ZERO,AP_SAT_SYM,0> Y;
  typedef ap_fixed<3,3,AP_RND_ZERO,AP_SAT_ZERO,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::relu1<X0, Y, activ4>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct table46 : nnet::activ_config { static const unsigned n_in = 4, table_size = 1024; typedef ap_fixed<9,7,AP_TRN,AP_SAT_ZERO,0> table_t; };
void layer69() {
  typedef ap_ufixed<13,6,AP_TRN_ZERO,AP_SAT_SYM,0> Y;
  typedef ap_fixed<7,5,AP_TRN_ZERO,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 1 + 0));
  Y y[4];
  nnet::selu<X0, Y, table46>(x0, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
struct soft47 : nnet::activ_config { static const unsigned n_in = 5, n_slice = 5, exp_table_size = 32, inv_table_size = 32;
  static constexpr float exp_scale = 1.0; typedef ap_ufixed<18,15,AP_RND,AP_SAT_SYM,0> table_t; typedef ap_ufixed<18,15,AP_RND,AP_SAT_SYM,0> exp_table_t; typedef ap_ufixed<18,15,AP_RND,AP_SAT_SYM,0> inv_table_t; typedef ap_fixed<13,8,AP_RND,AP_WRAP,0> accum_t;
  typedef ap_fixed<14,8,AP_TRN_ZERO,AP_SAT,0> inv_inp_t; typedef ap_ufixed<9,5,AP_TRN,AP_WRAP,0> inp_norm_t; };
void layer70() {
  typedef ap_fixed<12,3,AP_TRN,AP_WRAP,0> Y;
  typedef ap_fixed<10,6,AP_TRN,AP_WRAP,0> X0;
  for (long s = 0; s < 40; ++s) {
  X0 x0[5]; for (long e = 0; e < 5; ++e) x0[e] = X0(datum((s * 5 + e) * 1 + 0));
  Y y[5];
  nnet::softmax_legacy<X0, Y, soft47>(x0, y);
  for (int e = 0; e < 5; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
void layer71() {
  typedef ap_fixed<9,9,AP_TRN,AP_SAT,0> Y;
  typedef ap_fixed<39,33,AP_RND_MIN_INF,AP_SAT_SYM,0> X0;
  typedef ap_fixed<9,9,AP_TRN,AP_SAT,0> X1;
  for (long s = 0; s < 40; ++s) {
  X0 x0[4]; for (long e = 0; e < 4; ++e) x0[e] = X0(datum((s * 4 + e) * 2 + 0));
  X1 x1[4]; for (long e = 0; e < 4; ++e) x1[e] = X1(datum((s * 4 + e) * 2 + 1));
  Y y[4];
  nnet::maximum<X0, X1, Y, merge4>(x0, x1, y);
  for (int e = 0; e < 4; ++e) printf("%lld ", code(y[e]));
  }
  printf("\n");
}
int main() {
  layer0();
  layer1();
  layer2();
  layer3();
  layer4();
  layer5();
  layer6();
  layer7();
  layer8();
  layer9();
  layer10();
  layer11();
  layer12();
  layer13();
  layer14();
  layer15();
  layer16();
  layer17();
  layer18();
  layer19();
  layer20();
  layer21();
  layer22();
  layer23();
  layer24();
  layer25();
  layer26();
  layer27();
  layer28();
  layer29();
  layer30();
  layer31();
  layer32();
  layer33();
  layer34();
  layer35();
  layer36();
  layer37();
  layer38();
  layer39();
  layer40();
  layer41();
  layer42();
  layer43();
  layer44();
  layer45();
  layer46();
  layer47();
  layer48();
  layer49();
  layer50();
  layer51();
  layer52();
  layer53();
  layer54();
  layer55();
  layer56();
  layer57();
  layer58();
  layer59();
  layer60();
  layer61();
  layer62();
  layer63();
  layer64();
  layer65();
  layer66();
  layer67();
  layer68();
  layer69();
  layer70();
  layer71();
}
