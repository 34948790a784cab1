namespace EndpointStats.Limits;

/// <summary>Marks routes that are limited.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LimitedAttribute : Attribute;
