namespace Pharos.Alerting.TimeIntervals;

/// <summary>A part of a day.</summary>
/// <param name="StartMinute">From 0, within.</param>
/// <param name="EndMinute">Up to 1440, no longer within.</param>
public readonly record struct MinuteRange(int StartMinute, int EndMinute);
