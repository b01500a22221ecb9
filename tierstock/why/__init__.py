"""Why a plan is as it is: causes of shortages and of shipments, with the rows that bind."""
