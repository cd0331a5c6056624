namespace LowLatency.Market.Settings;

/// <summary>Marks the setting of a group that is meant when a text stands in the group's place: a list of such groups can be written as one text with semicolons.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextSettingAttribute : Attribute;
