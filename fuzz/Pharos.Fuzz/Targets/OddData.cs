using Pharos.PromQL.Sources;

namespace Pharos.Fuzz.Targets;

/// <summary>Series with everything that goes wrong: NaN, infinities, staleness markers, resets, gaps, missing and odd buckets, histograms of several kinds, odd names.</summary>
internal static class OddData
{
    /// <summary>Samples every 15 s from 0 to 1,800 s.</summary>
    public static InMemorySeriesSource Make() => new InMemorySeriesSource().Load(
        TimeSpan.FromSeconds(15),
        """
        m{a="0", b="0", job="j", instance="i"} 0+1x40 3+2x40 0+0.5x36
        m{a="0", b="1", job="j", instance="k"} 0+1x10 _x5 stale 5+1x20 NaN NaN 0+3x50
        m{a="1", b="0", job="j", instance="i"} 1e308+1e307x30 -Inf Inf 1 2 stale _x60 7x10
        m{a="1", b="1", job="k", instance="i"} _x90 0+10x20
        g{a="0", b="0"} 5-1x10 -5+0.1x50 NaN -0 0 1e-320 -1e-320 3x10
        g{a="0", b="1"} Inf -Inf NaN stale 1 1x30 _x40 2x20
        g{a="1", b="0"} 0.1+0.1x60 _x20 stale 4x8
        g{a="1"} 1x120
        one 1
        only_nan NaN+1x100
        h_bucket{le="0.1", a="0"} 0+1x110
        h_bucket{le="1", a="0"} 0+2x110
        h_bucket{le="+Inf", a="0"} 0+2x50 0+3x50
        h_bucket{le="1", a="1"} 5+1x100
        h_bucket{le="nonsense", a="1"} 5+1x100
        h_bucket{le="Inf", a="1"} 0x100
        h_bucket{le="-1", a="2"} NaN NaN 1 2 3
        nh{a="0"} {{schema:0 sum:5 count:4 buckets:[1 2 1]}}+{{schema:0 sum:5 count:4 buckets:[1 2 1]}}x50
        nh{a="1"} {{schema:3 sum:NaN count:4 z_bucket:1 z_bucket_w:0.001 n_buckets:[1 2]}}x30 stale {{schema:-4 sum:-1 count:2 n_offset:3 n_buckets:[2]}}x20
        nh{a="2"} {{schema:-53 sum:3 count:3 custom_values:[1 5] buckets:[1 1 1]}}x10 {{schema:-53 sum:3 count:3 custom_values:[2] buckets:[1 2]}}x10 1 2 3 {{sum:1}}x5
        nh{a="3", g="1"} {{schema:0 sum:1 count:1 buckets:[1] counter_reset_hint:gauge}}x60
        {"utf8 name.ß", "label with space"="x"} 1+1x50
        target_info{job="j", instance="i", version="1"} 1x60
        target_info{job="j", instance="i", version="2"} _x50 1x60
        target_info{job="j", instance="k"} 1x100
        """);
}
