using System.Globalization;
using System.Text;
using Pharos.Alerting.Receivers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>What templates and webhooks see of a message: upstream's <c>Data</c>. Immutable.</summary>
public sealed record Message : ITemplateObject, IJsonValue
{
    /// <summary>The receiver's name; characters that mean something in a regular expression have a backslash before them, as upstream has it for its links.</summary>
    public string Receiver { get; init; } = "";

    /// <summary><c>firing</c> when one alert at least is.</summary>
    public string Status { get; init; } = "";

    public MessageAlerts Alerts { get; init; } = new([]);

    public string NotificationReason { get; init; } = "";

    public LabelValues GroupLabels { get; init; } = new([]);

    public LabelValues CommonLabels { get; init; } = new([]);

    public LabelValues CommonAnnotations { get; init; } = new([]);

    public LabelValues RouteLabels { get; init; } = new([]);

    public string ExternalUrl { get; init; } = "";

    public string TypeName => "template.Data";

    /// <summary>Puts a message together.</summary>
    /// <param name="group">What it is about.</param>
    /// <param name="alerts">Its alerts, in order.</param>
    /// <param name="externalUrl">Where users reach this server, without a slash at the end.</param>
    public static Message Of(NotificationGroup group, IReadOnlyList<Alert> alerts, string externalUrl)
    {
        var list = new MessageAlerts([.. alerts.Select(a => MessageAlert.Of(a, group.Now))]);
        return new Message
        {
            Receiver = QuoteMeta(group.Receiver),
            Status = list.AnyFiring ? "firing" : "resolved",
            Alerts = list,
            NotificationReason = group.Reason,
            GroupLabels = LabelValues.Of(group.Labels),
            CommonLabels = LabelValues.Of(Common(alerts, static a => a.Labels)),
            CommonAnnotations = LabelValues.Of(Common(alerts, static a => a.Annotations)),
            RouteLabels = LabelValues.Of(group.RouteLabels),
            ExternalUrl = externalUrl,
        };
    }

    public bool TryGetMember(string name, out object? member)
    {
        member = name switch
        {
            "Receiver" => Receiver,
            "Status" => Status,
            "Alerts" => Alerts,
            "NotificationReason" => NotificationReason,
            "GroupLabels" => GroupLabels,
            "CommonLabels" => CommonLabels,
            "CommonAnnotations" => CommonAnnotations,
            "RouteLabels" => RouteLabels,
            "ExternalURL" => ExternalUrl,
            _ => null,
        };
        return member is not null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{{Receiver} {Status} [{string.Join(' ', Alerts.Items)}] {NotificationReason} {GroupLabels.Text()} {CommonLabels.Text()} {CommonAnnotations.Text()} {RouteLabels.Text()} {ExternalUrl} true}}");

    void IJsonValue.WriteTo(GoJsonWriter json)
    {
        json.Raw("{");
        WriteFields(json);
        json.Raw("}");
    }

    /// <summary>The fields without the braces around them: a webhook's message has more.</summary>
    internal void WriteFields(GoJsonWriter json)
    {
        json.Field("receiver", Receiver);
        json.Field("status", Status);
        json.Field("alerts").Value(Alerts);
        json.Field("notification_reason", NotificationReason);
        json.Field("groupLabels").Value(GroupLabels);
        json.Field("commonLabels").Value(CommonLabels);
        json.Field("commonAnnotations").Value(CommonAnnotations);
        json.Field("routeLabels").Value(RouteLabels);
        json.Field("externalURL", ExternalUrl);
    }

    private static Labels Common(IReadOnlyList<Alert> alerts, Func<Alert, Labels> labels)
    {
        if (alerts.Count == 0)
        {
            return Labels.Empty;
        }

        var common = new LabelsBuilder();
        foreach (Label label in labels(alerts[0]).AsSpan())
        {
            if (alerts.All(a => labels(a)[label.Name] == label.Value))
            {
                common.Set(label.Name, label.Value);
            }
        }

        return common.ToLabels();
    }

    // As Go's regexp.QuoteMeta.
    private static string QuoteMeta(string text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            quoted.Append("\\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
        }

        return quoted.ToString();
    }
}
