using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>
/// What <c>convert_classic_histograms_to_nhcb</c> makes of an exposition: the series of each classic histogram become one native histogram with the same
/// buckets, behind the last of them. Histograms whose series do not agree are left out.
/// </summary>
public static class ClassicHistogramConversion
{
    /// <summary>The records with classic histograms replaced.</summary>
    public static List<ExpositionRecord> Convert(IReadOnlyList<ExpositionRecord> records)
    {
        var result = new List<ExpositionRecord>(records.Count);
        string family = "";
        MetricType type = MetricType.Unknown;
        Collected? current = null;
        foreach (ExpositionRecord record in records)
        {
            if (record is ExpositionRecord.Sample sample)
            {
                Part part = PartOf(sample, family, type, out double bound);
                Labels labels = BaseLabels(sample.Labels, family);
                if (current is not null && (part == Part.None || !current.Labels.Equals(labels)))
                {
                    Finish(ref current, result);
                }

                if (part != Part.None)
                {
                    current ??= new Collected(labels, sample.StartTimestamp);
                    current.Add(part, bound, sample);
                    continue;
                }
            }
            else
            {
                Finish(ref current, result);
                (family, type) = record is ExpositionRecord.TypeLine line ? (line.Family, line.Type) : (family, type);
            }

            result.Add(record);
        }

        Finish(ref current, result);
        return result;
    }

    private static Part PartOf(ExpositionRecord.Sample sample, string family, MetricType type, out double bound)
    {
        bound = 0;
        string name = sample.Labels.MetricName;
        if (type != MetricType.Histogram || !name.StartsWith(family, StringComparison.Ordinal))
        {
            return Part.None;
        }

        return name[family.Length..] switch
        {
            "_sum" => Part.Sum,
            "_count" => Part.Count,
            "_bucket" when FloatReader.TryParse(Encoding.UTF8.GetBytes(sample.Labels[Label.BucketBound]), out bound) && !double.IsNaN(bound) => Part.Bucket,
            _ => Part.None,
        };
    }

    private static Labels BaseLabels(Labels labels, string family) =>
        new LabelsBuilder(labels).Set(Label.MetricName, family).Remove(Label.BucketBound).ToLabels();

    private static void Finish(ref Collected? current, List<ExpositionRecord> result)
    {
        if (current?.ToRecord() is { } histogram)
        {
            result.Add(histogram);
        }

        current = null;
    }

    private enum Part
    {
        None,
        Bucket,
        Count,
        Sum,
    }

    private sealed class Collected(Labels labels, long startTimestamp)
    {
        private readonly ClassicBuckets _histogram = new();
        private readonly List<ExposedExemplar> _exemplars = [];
        private long? _timestamp;

        public Labels Labels => labels;

        public void Add(Part part, double bound, ExpositionRecord.Sample sample)
        {
            switch (part)
            {
                case Part.Bucket:
                    _histogram.AddBucket(bound, sample.Value);
                    break;
                case Part.Count:
                    _histogram.SetCount(sample.Value);
                    break;
                default:
                    _histogram.SetSum(sample.Value);
                    break;
            }

            _timestamp = sample.Timestamp;
            if (sample.Exemplar is not null)
            {
                _exemplars.Add(sample.Exemplar);
            }
        }

        public ExpositionRecord.Histogram? ToRecord()
        {
            if (_histogram.ToNative() is not { } native)
            {
                return null;
            }

            string inner = new LabelsBuilder(labels).Remove(Label.MetricName).ToLabels().ToString().Replace("\", ", "\",", StringComparison.Ordinal);
            string text = inner == "{}" ? labels.MetricName : labels.MetricName + inner;
            return new ExpositionRecord.Histogram(text, labels, native, _timestamp, startTimestamp, _exemplars);
        }
    }
}
