using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Caching;

/// <summary>
/// Gathers the series of classic histograms of one target, scrape by scrape, for <c>convert_classic_histograms_to_nhcb</c>: which series is what part of which histogram is found
/// out once a series. Of one loop, not thread-safe.
/// </summary>
internal sealed class ClassicHistograms
{
    private readonly List<Member> _members = [];
    private readonly List<Group> _groups = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly LabelsBuilder _builder = new();
    private readonly StringInterner _strings = new();
    private readonly List<int> _seen = [];

    private enum Part : byte
    {
        Unresolved,
        None,
        Bucket,
        Count,
        Sum,
    }

    /// <summary>The histograms that the scrape has so far, in the order in which they began.</summary>
    public IReadOnlyList<int> Seen => _seen;

    /// <summary>Forgets what belongs to series from this one on; all of it when series are numbered anew.</summary>
    public void Truncate(int series)
    {
        if (series < _members.Count)
        {
            _members.RemoveRange(series, _members.Count - series);
        }

        if (series == 0)
        {
            _groups.Clear();
            _byText.Clear();
        }
    }

    /// <summary>Begins a scrape.</summary>
    public void Begin() => _seen.Clear();

    /// <summary>Whether a series is part of a classic histogram.</summary>
    /// <param name="series">Its number.</param>
    /// <param name="text">The series as exposed.</param>
    /// <param name="type">The type of its family.</param>
    /// <exception cref="ExpositionException">A label occurs twice, or a name is no UTF-8.</exception>
    public bool IsPart(int series, ReadOnlySpan<byte> text, MetricType type)
    {
        while (_members.Count <= series)
        {
            _members.Add(default);
        }

        if (_members[series].Part == Part.Unresolved)
        {
            _members[series] = type == MetricType.Histogram ? Resolve(text, type) : new Member(Part.None, -1, 0);
        }

        return _members[series].Part != Part.None;
    }

    /// <summary>Takes the sample of a part; returns its histogram.</summary>
    /// <param name="series">One for which <see cref="IsPart"/> holds.</param>
    /// <param name="value">The value.</param>
    /// <param name="timestamp">Of its own; null without.</param>
    public int Take(int series, double value, long? timestamp)
    {
        Member member = _members[series];
        Group group = _groups[member.Group];
        if (group.Buckets is null)
        {
            group.Buckets = new ClassicBuckets();
            _seen.Add(member.Group);
        }

        switch (member.Part)
        {
            case Part.Bucket:
                group.Buckets.AddBucket(member.Bound, value);
                break;
            case Part.Count:
                group.Buckets.SetCount(value);
                break;
            default:
                group.Buckets.SetSum(value);
                break;
        }

        group.Timestamp = timestamp;
        return member.Group;
    }

    /// <summary>The series of a histogram as it would be exposed.</summary>
    public ReadOnlySpan<byte> TextOf(int group) => _groups[group].Text;

    /// <summary>The histogram that was gathered, and forgets it; none when its series do not agree. Whole counts are stored as such.</summary>
    public NativeHistogram Finish(int group, out long? timestamp)
    {
        Group gathered = _groups[group];
        timestamp = gathered.Timestamp;
        FloatHistogram? histogram = gathered.Buckets?.ToNative();
        gathered.Buckets = null;
        return histogram is null ? default : IntegerHistogram.FromFloat(histogram) is { } whole ? new NativeHistogram(whole) : new NativeHistogram(histogram);
    }

    private Member Resolve(ReadOnlySpan<byte> text, MetricType type)
    {
        SeriesLabels.Decode(text, type, _strings, _builder);
        string name = _builder[Label.MetricName];
        double bound = 0;
        Part part = name switch
        {
            _ when name.EndsWith("_bucket", StringComparison.Ordinal) => IsBound(_builder[Label.BucketBound], out bound) ? Part.Bucket : Part.None,
            _ when name.EndsWith("_count", StringComparison.Ordinal) => Part.Count,
            _ when name.EndsWith("_sum", StringComparison.Ordinal) => Part.Sum,
            _ => Part.None,
        };
        if (part == Part.None)
        {
            return new Member(Part.None, -1, 0);
        }

        string key = TextOf(name[..name.LastIndexOf('_')], _builder.Remove(Label.BucketBound).ToLabels());
        if (!_byText.TryGetValue(key, out int group))
        {
            group = _groups.Count;
            _groups.Add(new Group(Encoding.UTF8.GetBytes(key)));
            _byText.Add(key, group);
        }

        return new Member(part, group, bound);
    }

    private static bool IsBound(string text, out double bound) => FloatReader.TryParse(Encoding.UTF8.GetBytes(text), out bound) && !double.IsNaN(bound);

    // Everything quoted, so that any name can be written.
    private static string TextOf(string family, Labels labels)
    {
        var text = new StringBuilder("{").Append(Quote(family));
        foreach (Label label in labels)
        {
            if (label.Name != Label.MetricName)
            {
                text.Append(',').Append(Quote(label.Name)).Append('=').Append(Quote(label.Value));
            }
        }

        return text.Append('}').ToString();
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    private readonly record struct Member(Part Part, int Group, double Bound);

    private sealed class Group(byte[] text)
    {
        public byte[] Text => text;

        public ClassicBuckets? Buckets { get; set; }

        public long? Timestamp { get; set; }
    }
}
