using System.Runtime.InteropServices;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Server.Api;

namespace Pharos.Server.Federation;

/// <summary>Writes samples as families, as upstream's federation does: the external labels go to those that do not have them.</summary>
internal sealed class FederationBody
{
    private const string Instance = "instance";

    private readonly IFamilyWriter _writer;
    private readonly Label[] _external;
    private readonly List<Label> _labels = [];

    public FederationBody(IFamilyWriter writer, Labels external)
    {
        _writer = writer;

        // An empty instance, so that whoever scrapes this does not put its own there.
        IEnumerable<Label> instance = external.Contains(Instance) ? [] : [new Label(Instance, "")];
        _external = [.. external.Concat(instance).OrderBy(static label => label.Name, Utf8Ordinal.Comparer)];
    }

    /// <summary>Writes all of them, sorted by name, sending as it goes.</summary>
    public async Task WriteAsync(ResponseBody body, List<FederatedSample> samples)
    {
        (string Name, FamilyType Type) family = ("", FamilyType.Untyped);
        foreach (FederatedSample sample in samples)
        {
            string name = sample.Labels.MetricName;
            if (name.Length == 0 || (sample.Histogram is { UsesCustomBuckets: false } && !_writer.HasNativeHistograms))
            {
                continue;
            }

            FamilyType type = TypeOf(sample.Histogram);
            if (family != (name, type))
            {
                family = (name, type);
                _writer.Begin(body, name, type);
            }

            Write(body, sample);
            await body.FlushIfFullAsync().ConfigureAwait(false);
        }

        _writer.End(body);
    }

    private static FamilyType TypeOf(FloatHistogram? histogram) => histogram switch
    {
        null => FamilyType.Untyped,
        { CounterResetHint: CounterResetHint.Gauge } => FamilyType.GaugeHistogram,
        _ => FamilyType.Histogram,
    };

    private void Write(ResponseBody body, in FederatedSample sample)
    {
        _labels.Clear();
        foreach (Label label in sample.Labels.AsSpan())
        {
            if (label.Name != Label.MetricName)
            {
                _labels.Add(label);
            }
        }

        foreach (Label label in _external)
        {
            if (!sample.Labels.Contains(label.Name))
            {
                _labels.Add(label);
            }
        }

        _writer.Write(body, CollectionsMarshal.AsSpan(_labels), sample);
    }
}
