using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>The alerts of a message: upstream's <c>Alerts</c>.</summary>
public sealed class MessageAlerts(IReadOnlyList<MessageAlert> alerts) : TemplateList(alerts, "template.Alerts")
{
    private TemplateList? _firing;
    private TemplateList? _resolved;

    internal bool AnyFiring => alerts.Any(static a => a.IsFiring);

    /// <inheritdoc/>
    public override TemplateFunction? Method(string name) => name switch
    {
        "Firing" => new TemplateFunction(name, [], (_, _) => _firing ??= Only(isFiring: true)),
        "Resolved" => new TemplateFunction(name, [], (_, _) => _resolved ??= Only(isFiring: false)),
        _ => null,
    };

    private TemplateList Only(bool isFiring) => new([.. alerts.Where(a => a.IsFiring == isFiring)], "[]template.Alert");
}
