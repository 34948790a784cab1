using System.Collections.Frozen;

namespace Pharos.PromQL.Syntax.Lexing;

/// <summary>The reserved words. They are recognised in any case.</summary>
internal static class Keywords
{
    private static readonly FrozenDictionary<string, TokenKind> Language = new Dictionary<string, TokenKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["and"] = TokenKind.And,
        ["or"] = TokenKind.Or,
        ["unless"] = TokenKind.Unless,
        ["atan2"] = TokenKind.Atan2,
        ["sum"] = TokenKind.Sum,
        ["avg"] = TokenKind.Avg,
        ["count"] = TokenKind.Count,
        ["min"] = TokenKind.Min,
        ["max"] = TokenKind.Max,
        ["group"] = TokenKind.Group,
        ["stddev"] = TokenKind.StdDev,
        ["stdvar"] = TokenKind.StdVar,
        ["topk"] = TokenKind.TopK,
        ["bottomk"] = TokenKind.BottomK,
        ["count_values"] = TokenKind.CountValues,
        ["quantile"] = TokenKind.Quantile,
        ["limitk"] = TokenKind.LimitK,
        ["limit_ratio"] = TokenKind.LimitRatio,
        ["offset"] = TokenKind.Offset,
        ["smoothed"] = TokenKind.Smoothed,
        ["anchored"] = TokenKind.Anchored,
        ["by"] = TokenKind.By,
        ["without"] = TokenKind.Without,
        ["on"] = TokenKind.On,
        ["ignoring"] = TokenKind.Ignoring,
        ["group_left"] = TokenKind.GroupLeft,
        ["group_right"] = TokenKind.GroupRight,
        ["fill"] = TokenKind.Fill,
        ["fill_left"] = TokenKind.FillLeft,
        ["fill_right"] = TokenKind.FillRight,
        ["bool"] = TokenKind.Bool,
        ["start"] = TokenKind.Start,
        ["end"] = TokenKind.End,
        ["step"] = TokenKind.Step,
        ["range"] = TokenKind.Range,
        ["max_of"] = TokenKind.MaxOf,
        ["min_of"] = TokenKind.MinOf,
        ["inf"] = TokenKind.Number,
        ["nan"] = TokenKind.Number,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TokenKind> InHistograms = new Dictionary<string, TokenKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["sum"] = TokenKind.SumKey,
        ["count"] = TokenKind.CountKey,
        ["schema"] = TokenKind.SchemaKey,
        ["offset"] = TokenKind.OffsetKey,
        ["n_offset"] = TokenKind.NegativeOffsetKey,
        ["buckets"] = TokenKind.BucketsKey,
        ["n_buckets"] = TokenKind.NegativeBucketsKey,
        ["z_bucket"] = TokenKind.ZeroBucketKey,
        ["z_bucket_w"] = TokenKind.ZeroBucketWidthKey,
        ["custom_values"] = TokenKind.CustomValuesKey,
        ["counter_reset_hint"] = TokenKind.CounterResetHintKey,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TokenKind> CounterResetHints = new Dictionary<string, TokenKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["unknown"] = TokenKind.UnknownCounterReset,
        ["reset"] = TokenKind.CounterReset,
        ["not_reset"] = TokenKind.NotCounterReset,
        ["gauge"] = TokenKind.GaugeType,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TokenKind> InDurations = new Dictionary<string, TokenKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["step"] = TokenKind.Step,
        ["range"] = TokenKind.Range,
        ["max_of"] = TokenKind.MaxOf,
        ["min_of"] = TokenKind.MinOf,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static bool TryFind(ReadOnlySpan<byte> word, out TokenKind kind) => TryFind(Language, word, out kind);

    public static bool TryFindHistogramKey(ReadOnlySpan<byte> word, out TokenKind kind) => TryFind(InHistograms, word, out kind);

    public static bool TryFindCounterResetHint(ReadOnlySpan<byte> word, out TokenKind kind) => TryFind(CounterResetHints, word, out kind);

    public static bool TryFindDuration(ReadOnlySpan<byte> word, out TokenKind kind) => TryFind(InDurations, word, out kind);

    /// <summary><c>inf</c> or <c>nan</c>.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> word) => TryFind(word, out TokenKind kind) && kind == TokenKind.Number;

    private static bool TryFind(FrozenDictionary<string, TokenKind> table, ReadOnlySpan<byte> word, out TokenKind kind)
    {
        const int Longest = 18;
        kind = default;
        if (word.Length > Longest)
        {
            return false;
        }

        Span<char> characters = stackalloc char[Longest];
        for (int i = 0; i < word.Length; i++)
        {
            characters[i] = (char)word[i];
        }

        return table.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..word.Length], out kind);
    }
}
