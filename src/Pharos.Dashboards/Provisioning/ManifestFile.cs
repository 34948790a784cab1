namespace Pharos.Dashboards.Provisioning;

/// <summary>One key of a ConfigMap.</summary>
/// <param name="ConfigMap">The name of the ConfigMap.</param>
/// <param name="Key">The key, which is the name of the file where it is mounted.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Folder">The folder that an annotation asks for; empty for none.</param>
public sealed record ManifestFile(string ConfigMap, string Key, string Text, string Folder);
