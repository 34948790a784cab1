using System.Runtime.InteropServices;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Caching;

/// <summary>What is to be logged about the series of one scrape, until its samples are stored. Of one loop, not thread-safe.</summary>
internal sealed class ScrapedMetadata(IMetadataAppender appender, MetadataStore families)
{
    private readonly List<SeriesMetadata> _entries = [];
    private int _changesSaid;

    /// <summary>Takes what the target says about the family of a metric, where it says something.</summary>
    public void Add(SeriesRef series, string metric)
    {
        if (appender.KeepsMetadata && families.TryGetOfMetric(metric, out MetricMetadata said))
        {
            _entries.Add(new SeriesMetadata(series, said.Type, said.Unit, said.Help));
        }
    }

    /// <summary>
    /// Takes all series of the scrape again once something else is said of any family; the store knows what has not changed. Names that relabelling changed are not looked for.
    /// </summary>
    public void Complete(SeriesTable series, int scrape)
    {
        if (!appender.KeepsMetadata || _changesSaid == families.Changes)
        {
            return;
        }

        _changesSaid = families.Changes;
        for (int i = 0; i < series.Count; i++)
        {
            if (series[i].LastSeen == scrape && !series[i].Ref.IsNone)
            {
                ReadOnlySpan<byte> text = series.Key(i);
                int end = text.IndexOf((byte)'{');
                Add(series[i].Ref, Encoding.UTF8.GetString(end < 0 ? text : text[..end]));
            }
        }
    }

    public void Clear() => _entries.Clear();

    /// <summary>Logs what was taken.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public void Store()
    {
        if (_entries.Count > 0)
        {
            appender.AppendMetadata(CollectionsMarshal.AsSpan(_entries)); // the list does not change meanwhile
            _entries.Clear();
        }
    }
}
