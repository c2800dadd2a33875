"""Line lists as senders make them: read, understood column by column, turned into rows of cases. Pure: no database."""
