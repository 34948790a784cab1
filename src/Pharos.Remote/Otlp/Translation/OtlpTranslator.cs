using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;
using Pharos.Remote.Otlp.Naming;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>
/// Translates one request into samples, as upstream does (storage/remote/otlptranslator of 3.14). What cannot be translated is noted and the rest looked at all the same, so
/// that the sender learns of everything at once; nothing of such a request is stored.
/// </summary>
internal sealed class OtlpTranslator
{
    private readonly OtlpSettings _settings;
    private readonly OtlpMessage _message;
    private readonly TranslatedBatch _output;
    private readonly TranslationLog _log;
    private readonly PointLabels _labels;
    private readonly PointTranslation _points;
    private readonly TargetInfo _target;

    public OtlpTranslator(OtlpSettings settings, OtlpMessage message, OtlpLimits limits, TranslatedBatch output, TranslationLog log)
    {
        _settings = settings;
        _message = message;
        _output = output;
        _log = log;
        _labels = new PointLabels(settings, message, limits, log);
        _points = new PointTranslation(message, _labels, output, log);
        _target = new TargetInfo(settings, _labels, output);
    }

    /// <summary>Translates the message into the batch.</summary>
    public void Run()
    {
        foreach (OtlpResource resource in _message.Resources)
        {
            ReadOnlySpan<OtlpAttribute> attributes = resource.Attributes.Of(_message.ResourceAttributes);
            if (!_labels.TryEnterResource(attributes))
            {
                continue;
            }

            ulong earliest = ulong.MaxValue;
            ulong latest = 0;
            foreach (ref readonly OtlpScope scope in resource.Scopes.Of(_message.Scopes))
            {
                if (_labels.TryEnterScope(scope))
                {
                    Translate(scope, ref earliest, ref latest);
                }
            }

            if (earliest < ulong.MaxValue)
            {
                _target.Add(attributes, earliest, latest);
            }

            if (_output.IsFull)
            {
                return;
            }
        }
    }

    private void Translate(in OtlpScope scope, ref ulong earliest, ref ulong latest)
    {
        foreach (ref readonly OtlpMetric metric in scope.Metrics.Of(_message.Metrics))
        {
            ReadOnlySpan<OtlpPoint> points = metric.Points.Of(_message.Points);
            foreach (ref readonly OtlpPoint point in points)
            {
                earliest = Math.Min(earliest, point.Time);
                latest = Math.Max(latest, point.Time);
            }

            if (IsTranslatable(metric) && TryMakeFamily(metric, out MetricFamily family))
            {
                Translate(metric, points, family);
            }

            if (_output.IsFull)
            {
                return;
            }
        }
    }

    private bool IsTranslatable(in OtlpMetric metric)
    {
        if (metric.Kind == OtlpKind.None)
        {
            _log.Refuse($"could not get aggregation temporality for {metric.Name} as it has unsupported metric type Empty");
            return false;
        }

        bool isTaken = metric.Temporality == OtlpTemporality.Cumulative || (metric.Temporality == OtlpTemporality.Delta && _settings.Options.TakesDeltas);
        if (metric.HasTemporality && !isTaken)
        {
            _log.Refuse($"invalid temporality and type combination for metric {GoQuote.Quote(metric.Name)}");
            return false;
        }

        return true;
    }

    private bool TryMakeFamily(in OtlpMetric metric, out MetricFamily family)
    {
        bool isNamed = _settings.Metrics.TryBuild(metric, out string name, out string? error);
        if (!isNamed)
        {
            _log.Refuse(error!);
        }

        family = new MetricFamily(name, TypeOf(metric), UnitNamer.Build(metric.Unit, allowsUtf8: false), metric.Description);
        return isNamed;
    }

    private void Translate(in OtlpMetric metric, ReadOnlySpan<OtlpPoint> points, in MetricFamily family)
    {
        if (points.IsEmpty)
        {
            _log.Warn(TranslationWarning.EmptyDataPoints, $"empty data points. {metric.Name} is dropped");
            return;
        }

        _output.Families.Add(family);
        _ = metric.Kind switch
        {
            OtlpKind.Histogram when !_settings.Config.ConvertHistogramsToNhcb => _points.TryTranslateHistograms(points, family),
            OtlpKind.Histogram or OtlpKind.ExponentialHistogram => _points.TryTranslateNative(points, metric, family),
            OtlpKind.Summary => _points.TryTranslateSummaries(points, family),
            _ => _points.TryTranslateNumbers(points, family, hasExemplars: metric.Kind == OtlpKind.Sum),
        };
    }

    // There is no type for deltas.
    private static MetricType TypeOf(in OtlpMetric metric) => metric.Kind switch
    {
        _ when metric.HasTemporality && metric.Temporality == OtlpTemporality.Delta => MetricType.Unknown,
        OtlpKind.Sum => metric.IsMonotonic ? MetricType.Counter : MetricType.Gauge,
        OtlpKind.Histogram or OtlpKind.ExponentialHistogram => MetricType.Histogram,
        OtlpKind.Summary => MetricType.Summary,
        _ => MetricType.Gauge,
    };
}
