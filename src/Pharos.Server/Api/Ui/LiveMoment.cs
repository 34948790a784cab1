using System.Globalization;

namespace Pharos.Server.Api.Ui;

/// <summary>What event streams tell, at one moment. Immutable.</summary>
/// <param name="Firing">Alerts that fire and are not silenced.</param>
/// <param name="Pending">Alerts that pend.</param>
/// <param name="Silenced">Alerts that fire and are silenced.</param>
/// <param name="LastMessage">When a receiver was last told something, milliseconds since the Unix epoch: who looks at the alerts sees that too.</param>
/// <param name="Up">Targets that are up.</param>
/// <param name="Targets">All targets.</param>
/// <param name="Changes">How many entries the journal ever had.</param>
/// <param name="LastChange">The time of the last one, milliseconds since the Unix epoch.</param>
/// <param name="ConfigOk">Whether what runs is what the files say.</param>
internal sealed record LiveMoment(int Firing, int Pending, int Silenced, long LastMessage, int Up, int Targets, long Changes, long LastChange, bool ConfigOk)
{
    /// <summary>The events that tell what is other than <paramref name="before"/>; all of them when there was nothing before.</summary>
    public string EventsSince(LiveMoment? before)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string events = "";
        if (before is null || (before.Firing, before.Pending, before.Silenced, before.LastMessage) != (Firing, Pending, Silenced, LastMessage))
        {
            events += string.Create(culture, $"event: alerts\ndata: {{\"firing\":{Firing},\"pending\":{Pending},\"silenced\":{Silenced}}}\n\n");
        }

        if (before is null || (before.Up, before.Targets) != (Up, Targets))
        {
            events += string.Create(culture, $"event: targets\ndata: {{\"up\":{Up},\"total\":{Targets}}}\n\n");
        }

        if (before is null || before.Changes != Changes)
        {
            events += string.Create(culture, $"event: changes\ndata: {{\"time\":{LastChange}}}\n\n");
        }

        if (before is null || before.ConfigOk != ConfigOk)
        {
            events += $"event: config\ndata: {{\"ok\":{(ConfigOk ? "true" : "false")}}}\n\n";
        }

        return events;
    }
}
