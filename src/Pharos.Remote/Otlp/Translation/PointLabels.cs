using System.Net;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Otlp.Messages;
using Pharos.Remote.Otlp.Naming;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>
/// Makes the labels of points: from their attributes, from what the resource and the scope around them say, from the metric's type and unit. The rules are upstream's
/// (storage/remote/otlptranslator); what fails is noted. Not thread-safe.
/// </summary>
internal sealed class PointLabels(OtlpSettings settings, OtlpMessage message, OtlpLimits limits, TranslationLog log)
{
    private const string ServiceName = "service.name";
    private const string ServiceNamespace = "service.namespace";
    private const string ServiceInstance = "service.instance.id";
    private const string ScopePrefix = "otel_scope_";

    private readonly LabelList _sorted = new();
    private readonly LabelList _promoted = new();
    private readonly LabelList _scope = new();
    private readonly HashSet<string> _collisions = new(StringComparer.Ordinal);
    private string _job = "";
    private string _instance = "";

    /// <summary>The labels that were built last, sorted, without a metric name unless one was given.</summary>
    public LabelList Labels { get; } = new();

    /// <summary>Whether an attribute of a resource says who it is; such become <c>job</c> and <c>instance</c>.</summary>
    public static bool IsIdentifying(string attribute) => attribute is ServiceNamespace or ServiceName or ServiceInstance;

    /// <summary>Goes on to the points of a resource; false where its attributes cannot become labels.</summary>
    public bool TryEnterResource(ReadOnlySpan<OtlpAttribute> attributes)
    {
        _scope.Clear();
        _promoted.Clear();
        _job = TryFind(attributes, ServiceName, out string name) ? TryFind(attributes, ServiceNamespace, out string ns) ? $"{ns}/{name}" : name : "";
        _instance = TryFind(attributes, ServiceInstance, out string instance) ? instance : "";
        if (!IsFewEnough(attributes.Length, "resource"))
        {
            return false;
        }

        foreach (OtlpAttribute attribute in attributes)
        {
            if (!settings.IsPromoted(attribute.Key))
            {
                continue;
            }

            if (!TryName(attribute.Key, out string label))
            {
                return false;
            }

            _promoted.Set(label, attribute.Value);
        }

        return true;
    }

    /// <summary>Goes on to the points of a scope; false where its attributes cannot become labels.</summary>
    public bool TryEnterScope(in OtlpScope scope)
    {
        _scope.Clear();
        if (!settings.Config.PromoteScopeMetadata || scope.Name.Length == 0)
        {
            return true;
        }

        ReadOnlySpan<OtlpAttribute> attributes = scope.Attributes.Of(message.ScopeAttributes);
        if (!IsFewEnough(attributes.Length, "scope"))
        {
            return false;
        }

        foreach (OtlpAttribute attribute in attributes)
        {
            if (!TryName(ScopePrefix + attribute.Key, out string label))
            {
                _scope.Clear();
                return false;
            }

            _scope.Set(label, attribute.Value);
        }

        _scope.Set("otel_scope_name", scope.Name);
        _scope.Set("otel_scope_version", scope.Version);
        _scope.Set("otel_scope_schema_url", scope.SchemaUrl);
        return true;
    }

    /// <summary>Builds the labels of a point of the present scope, with a metric name where its series have only one.</summary>
    public bool TryBuild(in OtlpPoint point, in MetricFamily family, string name = "")
    {
        if (!TryTranslate(point.Attributes.Of(message.PointAttributes), static key => key == Label.MetricName, "data point"))
        {
            return false;
        }

        foreach (Label label in _promoted.AsSpan())
        {
            Labels.SetAbsent(label.Name, label.Value);
        }

        SetIdentity();
        foreach (Label label in _scope.AsSpan())
        {
            Labels.Set(label.Name, label.Value);
        }

        if (settings.Options.AddsTypeAndUnit)
        {
            SetTypeAndUnit(family);
        }

        if (name.Length > 0)
        {
            Labels.Set(Label.MetricName, name);
        }

        Labels.Sort();
        return true;
    }

    /// <summary>Builds the labels of a resource's own series from all its attributes, those that identify it apart unless they are kept.</summary>
    public bool TryBuildTarget(ReadOnlySpan<OtlpAttribute> attributes, string name)
    {
        bool keeps = settings.Config.KeepIdentifyingResourceAttributes;
        if (!TryTranslate(attributes, key => !keeps && IsIdentifying(key), "resource"))
        {
            return false;
        }

        SetIdentity();
        Labels.Set(Label.MetricName, name);
        Labels.Sort();
        return true;
    }

    private static bool TryFind(ReadOnlySpan<OtlpAttribute> attributes, string key, out string value)
    {
        foreach (OtlpAttribute attribute in attributes)
        {
            if (attribute.Key == key)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = "";
        return false;
    }

    private void SetIdentity()
    {
        if (_job.Length > 0)
        {
            Labels.Set("job", _job);
        }

        if (_instance.Length > 0)
        {
            Labels.Set("instance", _instance);
        }
    }

    private void SetTypeAndUnit(in MetricFamily family)
    {
        if (family.Type != MetricType.Unknown)
        {
            Labels.Set(Label.MetricType, family.Type.ToText());
        }

        if (family.Unit.Length > 0)
        {
            Labels.Set(Label.MetricUnit, UnitNamer.Build(family.Unit, settings.AllowsUtf8));
        }
    }

    // Attributes are taken in the order of their names, so that values of those that become one label are always joined in the same order.
    private bool TryTranslate(ReadOnlySpan<OtlpAttribute> attributes, Func<string, bool> isIgnored, string source)
    {
        Labels.Clear();
        _sorted.Clear();
        if (!IsFewEnough(attributes.Length, source))
        {
            return false;
        }

        foreach (OtlpAttribute attribute in attributes)
        {
            if (!isIgnored(attribute.Key))
            {
                _sorted.Add(attribute.Key, attribute.Value);
            }
        }

        _sorted.Sort();
        foreach (Label attribute in _sorted.AsSpan())
        {
            if (settings.AllowsUtf8)
            {
                // Two of one name are found when the series is begun.
                AddUnlessEmpty(attribute);
                continue;
            }

            if (!TryName(attribute.Name, out string name))
            {
                return false;
            }

            string before = Labels[name];
            if (before.Length > 0)
            {
                WarnOfCollision(name, source);
            }

            Labels.Set(name, before.Length > 0 ? $"{before};{attribute.Value}" : attribute.Value);
        }

        return true;
    }

    private void AddUnlessEmpty(Label attribute)
    {
        if (attribute.Value.Length > 0)
        {
            Labels.Add(attribute.Name, attribute.Value);
        }
    }

    private bool TryName(string attribute, out string label)
    {
        if (settings.Labels.TryBuild(attribute, out label, out string? error))
        {
            return true;
        }

        log.Refuse(error!);
        return false;
    }

    private bool IsFewEnough(int attributes, string source)
    {
        if (attributes <= limits.MaxLabels)
        {
            return true;
        }

        log.Refuse($"attribute limit exceeded for a {source}: {attributes} attributes, limit {limits.MaxLabels}", HttpStatusCode.BadRequest);
        return false;
    }

    private void WarnOfCollision(string label, string source)
    {
        if (!_collisions.Add(label))
        {
            return;
        }

        var keys = new List<string>();
        foreach (Label attribute in _sorted.AsSpan())
        {
            if (settings.Labels.TryBuild(attribute.Name, out string name, out _) && name == label)
            {
                keys.Add(GoQuote.Quote(attribute.Name));
            }
        }

        log.Warn(
            TranslationWarning.LabelNameCollision,
            $"OTLP {source} attributes {string.Join(", ", keys)} collide as label {GoQuote.Quote(label)} after name sanitization, values are concatenated with ';'");
    }
}
