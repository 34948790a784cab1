using Pharos.Server.Api.Ui.Alerts;

namespace Pharos.Server.Api.Ui;

/// <summary>An alert that is wrong now. Immutable.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Spark">What its rule measures; null when it could not be asked.</param>
/// <param name="Told">The last message about it; null when there was none.</param>
internal sealed record WrongAlert(UiAlert Alert, Spark? Spark, (string Receiver, long Time, bool Ok)? Told);
