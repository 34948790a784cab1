using System.Text;
using Pharos.Core.Samples;
using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Caching;

/// <summary>The metadata of one target. Written by its scrape, read by requests; kept for ten scrapes after a family went.</summary>
internal sealed class MetadataStore
{
    private const int KeptScrapes = 10;

    // By which endings series of a family differ from it, for each type.
    private static readonly (string Ending, MetricType Type)[] Endings =
    [
        ("_total", MetricType.Counter), ("_bucket", MetricType.Histogram), ("_sum", MetricType.Histogram), ("_count", MetricType.Histogram),
        ("_bucket", MetricType.GaugeHistogram), ("_gsum", MetricType.GaugeHistogram), ("_gcount", MetricType.GaugeHistogram),
        ("_sum", MetricType.Summary), ("_count", MetricType.Summary), ("_info", MetricType.Info),
    ];

    private readonly Lock _lock = new(); // guards the dictionary and the texts of its values
    private readonly Dictionary<string, FamilyMetadata> _families = new(StringComparer.Ordinal);

    /// <summary>Families known, and the bytes of what is said of them.</summary>
    public (int Families, long Bytes) Size
    {
        get
        {
            lock (_lock)
            {
                long bytes = 0;
                foreach (FamilyMetadata family in _families.Values)
                {
                    bytes += family.Help.Length + family.Unit.Length + family.Type.ToText().Length;
                }

                return (_families.Count, bytes);
            }
        }
    }

    /// <summary>A copy, in no particular order.</summary>
    public IReadOnlyList<MetricMetadata> List()
    {
        lock (_lock)
        {
            var list = new List<MetricMetadata>(_families.Count);
            foreach (FamilyMetadata family in _families.Values)
            {
                list.Add(new MetricMetadata(family.Family, family.Type, family.Help, family.Unit));
            }

            return list;
        }
    }

    /// <summary>What is said of one family.</summary>
    public bool TryGet(string family, out MetricMetadata metadata)
    {
        lock (_lock)
        {
            bool found = _families.TryGetValue(family, out FamilyMetadata? known);
            metadata = found ? new MetricMetadata(family, known!.Type, known.Help, known.Unit) : default;
            return found;
        }
    }

    /// <summary>Times that something else was said than before. Read and written by the scrape alone.</summary>
    public int Changes { get; private set; }

    /// <summary>What is said of the family that a metric is part of.</summary>
    public bool TryGetOfMetric(string metric, out MetricMetadata metadata)
    {
        if (TryGet(metric, out metadata))
        {
            return true;
        }

        foreach ((string ending, MetricType type) in Endings)
        {
            if (metric.EndsWith(ending, StringComparison.Ordinal) && TryGet(metric[..^ending.Length], out metadata) && metadata.Type == type)
            {
                return true;
            }
        }

        metadata = default;
        return false;
    }

    /// <summary>Takes a metadata line that the reader stands on.</summary>
    public FamilyMetadata Set<TReader>(ExpositionEntry entry, ref TReader reader, bool unescapeQuotes, int scrape)
        where TReader : IExpositionReader, allows ref struct
    {
        string name = Encoding.UTF8.GetString(reader.Family);
        string text = entry == ExpositionEntry.Type ? "" : Encoding.UTF8.GetString(reader.Comment);
        lock (_lock)
        {
            if (!_families.TryGetValue(name, out FamilyMetadata? family))
            {
                family = new FamilyMetadata(name);
                _families.Add(name, family);
            }

            (MetricType Type, string Help, string Unit) before = (family.Type, family.Help, family.Unit);
            switch (entry)
            {
                case ExpositionEntry.Type:
                    family.Type = reader.Type;
                    break;
                case ExpositionEntry.Help:
                    family.Help = SeriesLabels.Unescape(text, unescapeQuotes);
                    break;
                default:
                    family.Unit = text;
                    break;
            }

            Changes += before == (family.Type, family.Help, family.Unit) ? 0 : 1;
            family.LastSeen = scrape;
            return family;
        }
    }

    /// <summary>Forgets families that were last seen too long ago.</summary>
    public void Forget(int scrape)
    {
        lock (_lock)
        {
            foreach ((string name, FamilyMetadata family) in _families)
            {
                if (scrape - family.LastSeen > KeptScrapes)
                {
                    _families.Remove(name);
                }
            }
        }
    }
}
