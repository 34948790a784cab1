using Pharos.Core.Contracts;
using Pharos.Templating;
using Pharos.Templating.Times;

namespace Pharos.Alerting.Templates;

/// <summary>One alert as templates and webhooks see it: upstream's <c>Alert</c>.</summary>
public sealed record MessageAlert : ITemplateObject, IJsonValue
{
    /// <summary><c>firing</c> or <c>resolved</c>.</summary>
    public string Status { get; init; } = "";

    public LabelValues Labels { get; init; } = new([], isNil: true);

    public LabelValues Annotations { get; init; } = new([], isNil: true);

    public GoTime StartsAt { get; init; } = new(DateTime.MinValue);

    /// <summary>The year 1 for an alert that fires.</summary>
    public GoTime EndsAt { get; init; } = new(DateTime.MinValue);

    public string GeneratorUrl { get; init; } = "";

    public string Fingerprint { get; init; } = "";

    public string TypeName => "template.Alert";

    internal bool IsFiring => Status == "firing";

    /// <summary>An alert as it is at a time.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="now">Milliseconds since the Unix epoch.</param>
    public static MessageAlert Of(Alert alert, long now)
    {
        bool isResolved = alert.EndsAt != 0 && alert.EndsAt <= now;
        return new MessageAlert
        {
            Status = isResolved ? "resolved" : "firing",
            Labels = LabelValues.Of(alert.Labels),
            Annotations = LabelValues.Of(alert.Annotations),
            StartsAt = Time(alert.StartsAt),
            EndsAt = isResolved ? Time(alert.EndsAt) : new GoTime(DateTime.MinValue),
            GeneratorUrl = alert.GeneratorUrl,
            Fingerprint = AlertFingerprint.TextOf(alert.Labels),
        };
    }

    public bool TryGetMember(string name, out object? member)
    {
        member = name switch
        {
            "Status" => Status,
            "Labels" => Labels,
            "Annotations" => Annotations,
            "StartsAt" => StartsAt,
            "EndsAt" => EndsAt,
            "GeneratorURL" => GeneratorUrl,
            "Fingerprint" => Fingerprint,
            _ => null,
        };
        return member is not null;
    }

    public override string ToString() => $"{{{Status} {Labels.Text()} {Annotations.Text()} {StartsAt} {EndsAt} {GeneratorUrl} {Fingerprint}}}";

    void IJsonValue.WriteTo(GoJsonWriter json)
    {
        json.Raw("{");
        json.Field("status", Status);
        json.Field("labels").Value(Labels);
        json.Field("annotations").Value(Annotations);
        json.Field("startsAt").Value(StartsAt);
        json.Field("endsAt").Value(EndsAt);
        json.Field("generatorURL", GeneratorUrl);
        json.Field("fingerprint", Fingerprint);
        json.Raw("}");
    }

    private static GoTime Time(long timestamp) => new(DateTime.UnixEpoch.AddMilliseconds(timestamp));
}
