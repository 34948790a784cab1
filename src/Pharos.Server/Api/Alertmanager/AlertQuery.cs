using Pharos.Alerting.Alerts;
using Pharos.Alerting.Matchers;

namespace Pharos.Server.Api.Alertmanager;

/// <summary>Which alerts a request asks for.</summary>
internal sealed class AlertQuery
{
    private readonly ApiV2Parameters _parameters;
    private readonly Pharos.Alerting.Alertmanager _alertmanager;
    private readonly long _now;
    private readonly bool _active;
    private readonly bool _silenced;
    private readonly bool _inhibited;

    public AlertQuery(ApiV2Parameters parameters, Pharos.Alerting.Alertmanager alertmanager, long now)
    {
        _parameters = parameters;
        _alertmanager = alertmanager;
        _now = now;
        _active = parameters.IsOn("active");
        _silenced = parameters.IsOn("silenced");
        _inhibited = parameters.IsOn("inhibited");
    }

    /// <summary>The status of an alert that is asked for; null of another.</summary>
    public AlertStatus? Judge(StoredAlert alert)
    {
        if (alert.IsResolvedAt(_now) || !_parameters.Filter.Matches(alert.Labels))
        {
            return null;
        }

        AlertStatus status = _alertmanager.StatusOf(alert.Labels);
        bool isWanted = (_active || status.IsSuppressed) && (_silenced || status.SilencedBy.Count == 0) && (_inhibited || status.InhibitedBy.Count == 0);
        return isWanted ? status : null;
    }
}
