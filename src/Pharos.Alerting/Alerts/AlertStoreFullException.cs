namespace Pharos.Alerting.Alerts;

/// <summary>Alerts were not taken since there are too many.</summary>
public sealed class AlertStoreFullException(string message) : Exception(message);
